%% SPDX-License-Identifier: Apache-2.0
%% erts_debug as far as libraries call it.
-module(debug_sizes).
-export([main/0]).

main() ->
    L = maps:from_list([{I, I} || I <- lists:seq(1, 40)]),
    Bin = binary:copy(<<1>>, 100),
    X = self(),
    {bm, Magic} = binary:compile_pattern(<<"a">>),
    Pid = binary_to_term(<<131, 103, 100, 0, 3, $a, $@, $b, 0, 0, 0, 1, 0, 0, 0, 0, 1>>),
    show(fun() -> [erts_debug:flat_size(T)
                   || T <- [a, 1, 1 bsl 70, 1.0, [], [1], "abc", {}, {1, 2}, #{}, #{a => 1}, #{a => 1, b => 2}, L, <<>>, <<1, 2, 3>>, <<1:5>>,
                            Bin, make_ref(), Magic, fun() -> X end, self(), Pid]] end),
    show(fun() -> [erts_debug:flat_size(ref(N)) || N <- lists:seq(1, 5)] end),
    S = id([1, 2, 3 | X]),
    show(fun() -> {erts_debug:flat_size([S, S]), erts_debug:size_shared([S, S]), erts_debug:size([S, S]), erts_debug:same(S, S)} end),
    show(fun() -> erts_debug:same([X | S], [X | S]) end),
    show(fun() -> erts_debug:map_info(L) end),
    show(fun() -> erts_debug:map_info(id(#{})) end),
    show(fun() -> erts_debug:map_info(id(x)) end),
    show(fun() -> erts_debug:get_internal_state(id(reds_left)) end),
    show(fun() -> {erts_debug:interpreter_size(), erts_debug:lcnt_clear(), erts_debug:disassemble(1)} end),
    show(fun() -> [erts_debug:copy_shared(S) =:= S, erts_debug:copy_shared(S, true) =:= S] end).

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

%% Of another node, of N numbers.
ref(N) ->
    binary_to_term(<<131, 90, N:16, 100, 0, 3, "a@b", 1:32, 0:(N * 32)>>).

id(X) -> X.
