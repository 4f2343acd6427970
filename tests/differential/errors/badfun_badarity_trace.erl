%% SPDX-License-Identifier: Apache-2.0
%% badfun and badarity.
-module(badfun_badarity_trace).
-export([main/0, id/1]).

main() ->
    trace(fun() -> (id(not_a_fun))(1) end),
    trace(fun() -> (id({m, f}))(1, 2) end),
    trace(fun() -> (id(fun(X) -> X end))(1, 2) end),
    trace(fun() -> (id(fun lists:reverse/1))() end),
    trace(fun() -> apply(id(1), [a]) end),
    trace(fun() -> apply(id(fun() -> x end), [a]) end),
    trace(fun() -> apply(id(fun() -> x end), id(a)) end),
    trace(fun() -> apply(id(fun() -> x end), id([a | b])) end),
    trace(fun() -> apply(lists, reverse, id([a | b])) end),
    trace(fun() -> apply(lists, id("reverse"), [[]]) end),
    trace(fun() -> (id(1)):f() end),
    trace(fun() -> (id({a})):f() end),
    trace(fun() -> (id(lists)):(id(7))(x) end),
    trace(fun() -> tail(id(x)) end).

tail(F) -> F(1, 2).

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
