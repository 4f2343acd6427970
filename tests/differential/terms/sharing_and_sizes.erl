%% SPDX-License-Identifier: Apache-2.0
%% erts_debug:flat_size, size, same, and iolist_size.
-module(sharing_and_sizes).
-export([main/0, id/1]).

main() ->
    L = [1, 2, 3],
    io:format("~p~n", [[erts_debug:flat_size(X) || X <- [1, a, [], {}, L, {L, L}, 1 bsl 64, 1.5, <<1, 2, 3>>, #{}, #{a => 1}, "abc", {a, {b}}]]]),
    X = id([id(1), id(2)]),
    io:format("~p ~p~n", [erts_debug:size({X, X}), erts_debug:flat_size({X, X})]),
    io:format("~p~n", [[iolist_size(I) || I <- [[], <<>>, "abc", [<<"ab">>, [1, [2 | <<"c">>]]], [[[[]]]]]]]),
    io:format("~p~n", [iolist_to_binary([<<"ab">>, [1, [2 | <<"c">>]], "xyz"])]),
    io:format("~p~n", [erlang:iolist_to_iovec([<<"ab">>, [1, [2 | <<"c">>]], "xyz"])]),
    io:format("~p~n", [[t(fun() -> iolist_size(B) end) || B <- [a, [a], [256], [-1], [1 | 2], [<<1:1>>], {}]]]),
    io:format("~p~n", [[t(fun() -> list_to_bitstring(B) end) || B <- [[<<1:1>>, 2, <<3:3>>], [a], <<1>>]]]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
