%% SPDX-License-Identifier: Apache-2.0
%% Line numbers: several calls on a line, calls over lines, macros, comprehensions.
-module(trace_lines_in_macros).
-export([main/0, id/1]).
-define(BAD(X), error({bad, X})).
-define(TWICE(X), (X) + (X)).

main() ->
    trace(fun() -> f1() end),
    trace(fun() -> f2() end),
    trace(fun() -> f3() end),
    trace(fun() -> f4([1, 2]) end),
    trace(fun() -> f5() end),
    trace(fun() -> f6(x) end).

f1() -> id(1), ?BAD(1), id(2).

f2() ->
    {id(1),
     id(2),
     ?TWICE(
        id(y)
     )}.

f3() ->
    g(
      id(1),
      h(
        id(a)
      )
    ).

g(A, B) -> {A, B}.
h(X) ->

    Y = X

    + 1,

    Y.

f4(L) -> [X || X <- L, Y <- [X], Y + 1 =:= 2, error(Y)].

f5() -> begin id(1), begin error(block) end end.

f6(X) -> case X of x -> Z = id(X), Z:z() end.

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
