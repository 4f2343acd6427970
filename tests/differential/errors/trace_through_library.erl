%% SPDX-License-Identifier: Apache-2.0
%% Errors in funs called by library functions: frames of lists, maps and others.
-module(trace_through_library).
-export([main/0, id/1]).

main() ->
    F = fun(X) -> 10 div X end,
    trace(fun() -> lists:map(F, [1, 2, 0]) end),
    trace(fun() -> lists:foreach(F, [1, 0]) end),
    trace(fun() -> lists:foldl(fun(X, A) -> A + F(X) end, 0, [0]) end),
    trace(fun() -> lists:foldr(fun(X, A) -> A + F(X) end, 0, [0, 1, 2]) end),
    trace(fun() -> lists:filter(fun(_) -> maybe_true end, [1]) end),
    trace(fun() -> lists:sort(fun(A, B) -> F(A - B) > 0 end, [1, 1, 2]) end),
    trace(fun() -> maps:map(fun(_, V) -> F(V) end, #{a => 0}) end),
    trace(fun() -> maps:fold(fun(_, V, A) -> A + F(V) end, 0, #{a => 0}) end),
    trace(fun() -> lists:nth(0, [a]) end),
    trace(fun() -> lists:nthtail(4, [a]) end),
    trace(fun() -> lists:last([]) end),
    trace(fun() -> lists:seq(1, 10, 0) end),
    trace(fun() -> lists:zip([1], []) end),
    trace(fun() -> lists:sum([a]) end),
    trace(fun() -> lists:max([]) end),
    trace(fun() -> lists:reverse(id(x)) end),
    trace(fun() -> lists:member(a, id(b)) end),
    trace(fun() -> lists:keyfind(a, 0, []) end),
    trace(fun() -> lists:flatten(id(a)) end),
    trace(fun() -> string:to_upper(id(1)) end),
    trace(fun() -> dict:fetch(a, dict:new()) end),
    trace(fun() -> queue:head(queue:new()) end),
    trace(fun() -> orddict:fetch(a, []) end),
    trace(fun() -> array:get(-1, array:new()) end).

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
