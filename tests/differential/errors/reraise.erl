%% SPDX-License-Identifier: Apache-2.0
%% Catching and raising again keeps the first trace; after clauses in between.
-module(reraise).
-export([main/0, id/1]).

main() ->
    trace(fun() -> level1(fun() -> id(a) + 1 end) end),
    trace(fun() -> level1(fun() -> throw(x) end) end),
    trace(fun() -> level2(fun() -> exit(y) end) end),
    trace(fun() -> level2(fun() -> lists:nth(5, [1]) end) end),
    trace(fun() -> level3(fun() -> error(z) end) end).

level1(F) ->
    try F()
    catch C:R:S -> erlang:raise(C, {again, R}, S)
    end.

level2(F) ->
    try F()
    after io:format("after~n")
    end.

level3(F) ->
    R = try level2(F)
    catch error:E:S when E =/= w -> io:format("~p~n", [length(S)]), error({new, E})
    end,
    {R}.

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
