%% SPDX-License-Identifier: Apache-2.0
%% badmap and badkey from map syntax and from functions.
-module(badmap_badkey_trace).
-export([main/0, id/1]).

main() ->
    trace(fun() -> (id([]))#{a => 1} end),
    trace(fun() -> (id({x}))#{a := 1} end),
    trace(fun() -> (id(#{}))#{a := 1} end),
    trace(fun() -> (id(#{a => 1}))#{a := 2, b := 3} end),
    trace(fun() -> maps:get(k, #{}) end),
    trace(fun() -> maps:get(k, id(7)) end),
    trace(fun() -> maps:update(k, v, #{}) end),
    trace(fun() -> maps:put(k, v, id(x)) end),
    trace(fun() -> maps:remove(k, id(x)) end),
    trace(fun() -> maps:take(k, id(x)) end),
    trace(fun() -> maps:find(k, id(x)) end),
    trace(fun() -> maps:merge(#{}, id(x)) end),
    trace(fun() -> maps:merge(id(y), #{}) end),
    trace(fun() -> maps:keys(id(x)) end),
    trace(fun() -> maps:values(id(x)) end),
    trace(fun() -> maps:to_list(id(x)) end),
    trace(fun() -> maps:fold(fun(_, _, A) -> A end, 0, id(x)) end),
    trace(fun() -> maps:map(id(x), #{}) end),
    trace(fun() -> maps:filter(id(x), #{}) end),
    trace(fun() -> maps:from_list(id([a])) end),
    trace(fun() -> maps:from_list(id([{a, 1} | b])) end),
    trace(fun() -> map_get(k, #{}) end),
    trace(fun() -> map_size(id(x)) end).

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
