%% SPDX-License-Identifier: Apache-2.0
%% Errors of library functions with explanations: ets, io, maps, binary, unicode, re.
-module(library_error_info).
-export([main/0, id/1]).

main() ->
    trace(fun() -> ets:insert(id(no), x) end),
    trace(fun() -> ets:new(x, [bad]) end),
    trace(fun() -> ets:lookup_element(ets:new(lei_table, [named_table]), a, 2) end),
    trace(fun() -> ets:update_counter(nope, a, 1) end),
    trace(fun() -> binary:split(a, b) end),
    trace(fun() -> binary:match(<<"a">>, []) end),
    trace(fun() -> binary:copy(<<1>>, -1) end),
    trace(fun() -> unicode:characters_to_list(id(a)) end),
    trace(fun() -> re:run("a", "(") end),
    trace(fun() -> re:compile(id(a)) end),
    trace(fun() -> io_lib:format("~w", []) end),
    trace(fun() -> maps:merge(a, b) end),
    trace(fun() -> lists:reverse([a | b]) end),
    trace(fun() -> lists:keysearch(a, x, []) end),
    trace(fun() -> math:log(id(-1)) end),
    trace(fun() -> math:sqrt(id(a)) end),
    trace(fun() -> persistent_term:get(id(no_key)) end),
    trace(fun() -> atomics:new(id(-1), []) end),
    trace(fun() -> counters:get(id(x), 1) end),
    trace(fun() -> erlang:monitor(process, id(1)) end),
    trace(fun() -> erlang:send_after(-1, self, x) end),
    trace(fun() -> erlang:process_flag(x, y) end),
    trace(fun() -> erlang:float_to_list(1.0, [x]) end),
    trace(fun() -> erlang:binary_to_integer(<<"x">>) end),
    trace(fun() -> erlang:list_to_existing_atom("surely not there as yet") end),
    trace(fun() -> erlang:make_tuple(-1, a) end),
    trace(fun() -> erlang:split_binary(<<1>>, 5) end),
    trace(fun() -> erlang:phash2(a, 0) end),
    trace(fun() -> erlang:convert_time_unit(1, x, second) end).

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
