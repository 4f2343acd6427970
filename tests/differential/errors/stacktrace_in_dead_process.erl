%% SPDX-License-Identifier: Apache-2.0
%% The exit reason of a crashed process carries reason and trace.
-module(stacktrace_in_dead_process).
-export([main/0, id/1]).

main() ->
    [died(F) || F <- [fun() -> f(1) end, fun() -> g([]) end, fun() -> lists:nth(4, [1]) end,
                      fun() -> X = id(1), 2 = X end]].

f(2) -> ok.
g(L) -> {hd(L)}.

died(F) ->
    {P, R} = spawn_monitor(F),
    receive {'DOWN', R, process, P, Reason} -> io:format("~p~n", [Reason]) end.

%% Hides a value from the compiler.
id(X) -> X.
