%% SPDX-License-Identifier: Apache-2.0
%% Match specifications and fun2ms queries over a table of records.
-module(queries).
-export([main/0]).
-include_lib("stdlib/include/ms_transform.hrl").
-record(emp, {id, name, dept, pay}).

main() ->
    T = ets:new(emps, [ordered_set, {keypos, #emp.id}]),
    ets:insert(T, [#emp{id = N, name = lists:nth(1 + N rem 4, [ann, bob, cyd, dan]), dept = N rem 3, pay = 1000 + (N * 37) rem 500} || N <- lists:seq(1, 30)]),
    io:format("~p~n", [ets:select(T, ets:fun2ms(fun(#emp{id = I, pay = P}) when P > 1400 -> {I, P} end))]),
    io:format("~p~n", [ets:select_count(T, ets:fun2ms(fun(#emp{dept = D}) -> D =:= 1 end))]),
    io:format("~p~n", [ets:match(T, #emp{id = '$1', name = bob, dept = 2, _ = '_'})]),
    io:format("~p~n", [ets:match_object(T, #emp{name = ann, dept = 0, _ = '_'})]),
    io:format("~p~n", [ets:select_replace(T, ets:fun2ms(fun(#emp{dept = 0, pay = P} = E) when P < 1100 -> E#emp{pay = P + 1000} end))]),
    io:format("~p~n", [[P || #emp{pay = P} <- ets:tab2list(T), P > 2000]]),
    {R1, C1} = ets:select(T, [{#emp{id = '$1', _ = '_'}, [], ['$1']}], 12),
    {R2, C2} = ets:select(C1),
    {R3, '$end_of_table'} = case ets:select(C2) of {R, C3} -> {R, ets:select(C3)}; E -> {[], E} end,
    io:format("~w ~w ~w~n", [R1, R2, R3]),
    io:format("~p~n", [ets:select_delete(T, ets:fun2ms(fun(#emp{id = I}) when I rem 2 =:= 0 -> true end))]),
    io:format("~p~n", [ets:info(T, size)]),
    io:format("~p~n", [ets:select_reverse(T, [{#emp{id = '$1', _ = '_'}, [{'<', '$1', 10}], ['$1']}])]),
    io:format("~p~n", [[ets:next(T, 5), ets:prev(T, 5), ets:first(T), ets:last(T), ets:next(T, 29), ets:slot(T, 0)]]).
