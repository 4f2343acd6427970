%% SPDX-License-Identifier: Apache-2.0
%% A throw that nobody catches becomes {nocatch, _} when the process dies.
-module(throw_without_catch).
-export([main/0, id/1]).

main() ->
    [died(F) || F <- [fun() -> throw(ball) end, fun() -> throw({a, [1, 2]}) end,
                      fun() -> exit(reason) end, fun() -> exit(normal) end, fun() -> error(oops) end,
                      fun() -> error({a, b}) end, fun() -> error(oops, [arg1, 2]) end,
                      fun() -> id(1) + id(a) end, fun() -> ok end, fun() -> exit({a, b}) end,
                      fun() -> exit(kill) end, fun() -> exit(self(), kill), timer:sleep(1000) end,
                      fun() -> erlang:raise(throw, t, []) end, fun() -> erlang:raise(exit, e, []) end,
                      fun() -> erlang:raise(error, r, [{m, f, [1], []}]) end]].

died(F) ->
    {P, R} = spawn_monitor(F),
    receive {'DOWN', R, process, P, Reason} -> io:format("~p~n", [Reason]) end.

%% Hides a value from the compiler.
id(X) -> X.
