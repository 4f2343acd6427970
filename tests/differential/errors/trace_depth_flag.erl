%% SPDX-License-Identifier: Apache-2.0
%% How many entries a trace has, for each depth and kind of error.
-module(trace_depth_flag).
-export([main/0, id/1]).

main() ->
    [begin
        erlang:system_flag(backtrace_depth, D),
        io:format("~p ~p~n", [D, [entries(fun() -> a(80, W) end) || W <- kinds()]])
     end || D <- [0, 1, 2, 3, 8, 20, 64, 1000]],
    io:format("~p~n", [erlang:system_flag(backtrace_depth, 8)]),
    io:format("~p~n", [t(fun() -> erlang:system_flag(backtrace_depth, id(-1)) end)]).

kinds() -> [error, hd, undef, badmatch, clause, args, throw, badfun].

entries(F) ->
    {_, Ref} = spawn_monitor(F),
    receive {'DOWN', Ref, _, _, {_, S}} -> length(S) end.

a(0, W) -> fail(W);
a(N, W) -> 1 + b(N - 1, W).
b(0, W) -> fail(W);
b(N, W) -> 1 + a(N - 1, W).

fail(error) -> {error(b)};
fail(hd) -> {hd(id([]))};
fail(undef) -> {?MODULE:nope(1)};
fail(badmatch) -> 1 = id(2);
fail(clause) -> {one(2)};
fail(args) -> {error(b, [x])};
fail(throw) -> {throw(x)};
fail(badfun) -> {(id(1))(2)}.

one(1) -> 1.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
