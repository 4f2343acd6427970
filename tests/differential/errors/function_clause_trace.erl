%% SPDX-License-Identifier: Apache-2.0
%% function_clause: the stack trace has the arguments of local, exported and library functions.
-module(function_clause_trace).
-export([main/0, id/1]).
-export([pub/2]).

main() ->
    trace(fun() -> loc(id(1), [a, "b", <<"c">>]) end),
    trace(fun() -> pub(x, y) end),
    trace(fun() -> ?MODULE:pub(#{k => 1}, {t}) end),
    trace(fun() -> lists:keyfind(a, 1, b), lists:map(id(notfun), [1]) end),
    trace(fun() -> (fun(1) -> one end)(id(2)) end),
    trace(fun() -> X = id(free), (fun(1, Y) -> {X, Y} end)(id(2), 3) end),
    trace(fun() -> deep(3) end),
    trace(fun() -> lists:foldl(fun(A, 0) -> A end, 0, [1, 2]) end).

loc(2, _) -> two.
pub(1, 2) -> three.

deep(0) -> none();
deep(N) -> [N | deep(N - 1)].

none() -> loc(none, none) + 1.

%% Hides a value from the compiler.
id(X) -> X.

%% Prints how F ends, with the whole stack trace of a process of its own.
trace(F) ->
    {_, Ref} = spawn_monitor(fun() -> exit({trace, outcome(F)}) end),
    receive {'DOWN', Ref, process, _, {trace, T}} -> io:format("~p~n", [T]) end.

outcome(F) ->
    try F() of
        V -> {returned, V}
    catch
        C:R:S -> {C, R, S}
    end.
