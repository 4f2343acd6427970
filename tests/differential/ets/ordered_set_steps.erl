%% SPDX-License-Identifier: Apache-2.0
%% next and prev on an ordered_set that changes between the steps.
-module(ordered_set_steps).
-export([main/0]).

main() ->
    T = ets:new(t, [ordered_set]),
    [ets:insert(T, {K, x}) || K <- keys()],
    io:format("~p~n", [forward(T, ets:first(T))]),
    io:format("~p~n", [backward(T, ets:last(T))]),
    io:format("~p~n", [walk(T, ets:first(T), 1, 400)]),
    io:format("~p~n", [[ets:next(T, K) || K <- [0, 1, 1.0, 2.5, {}, a, zzz, "s", 1.0e10, #{}]]]),
    io:format("~p~n", [[ets:prev(T, K) || K <- [0, 1, 1.0, 2.5, {}, a, zzz, "s", 1.0e10, #{}]]]),
    io:format("~p~n", [[begin
                            N = ets:next(T, K),
                            change(T, K, N),
                            {N, ets:next(T, K), ets:next(T, N), ets:prev(T, N)}
                        end || K <- lists:seq(10, 100, 7)]]),
    ets:delete_all_objects(T),
    io:format("~p~n", [[ets:first(T), ets:last(T), ets:next(T, 5), ets:prev(T, 5)]]),
    ets:insert(T, [{N} || N <- lists:seq(1, 10)]),
    io:format("~p~n", [[ets:next(T, 5), ets:next(T, 6), ets:next(T, 7.0), ets:prev(T, 8), ets:prev(T, 7), ets:next(T, 6)]]),
    io:format("~p~n", [delete_each(T, ets:first(T))]).

keys() -> lists:seq(1, 50) ++ [N + 0.5 || N <- lists:seq(1, 50, 3)] ++ [a, b, {1}, {1, 2}, "s", <<"b">>, #{}, []].

forward(_, '$end_of_table') -> [];
forward(T, K) -> [K | forward(T, ets:next(T, K))].

backward(_, '$end_of_table') -> [];
backward(T, K) -> [K | backward(T, ets:prev(T, K))].

%% Two steps ahead, one back, with a change now and then.
walk(_, _, _, 0) -> [];
walk(_, '$end_of_table', _, _) -> [];
walk(T, K, N, Left) ->
    Step = case N rem 3 of 0 -> ets:prev(T, K); _ -> ets:next(T, K) end,
    case N rem 11 of
        0 when Step =/= '$end_of_table' -> ets:delete(T, Step);
        5 -> ets:insert(T, {{N}, new});
        7 -> ets:insert(T, {K, replaced});
        _ -> ok
    end,
    [Step | walk(T, Step, N + 1, Left - 1)].

change(T, K, N) ->
    case K rem 4 of
        0 -> ets:delete(T, N);
        1 -> ets:insert(T, {K + 0.25, new});
        2 -> ets:insert(T, {N, replaced});
        3 -> ets:select_delete(T, [{{N, '_'}, [], [true]}])
    end.

delete_each(_, '$end_of_table') -> [];
delete_each(T, K) ->
    N = ets:next(T, K),
    ets:delete(T, K),
    [{K, ets:first(T), ets:info(T, size)} | delete_each(T, N)].
