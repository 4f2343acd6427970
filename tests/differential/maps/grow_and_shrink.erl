%% SPDX-License-Identifier: Apache-2.0
%% From a small map to a large one and back, by put and remove.
-module(grow_and_shrink).
-export([main/0]).

main() ->
    Ms = lists:foldl(fun(N, [M | _] = Acc) -> [M#{N => N * N} | Acc] end, [#{}], lists:seq(1, 70)),
    io:format("~p~n", [[map_size(M) || M <- Ms]]),
    Full = hd(Ms),
    Back = lists:foldl(fun(N, [M | _] = Acc) -> [maps:remove(N, M) | Acc] end, [Full], lists:seq(70, 1, -1)),
    io:format("~p~n", [Back =:= lists:reverse(Ms)]),
    io:format("~p~n", [[lists:sort(maps:to_list(A)) =:= lists:sort(maps:to_list(B)) || {A, B} <- lists:zip(Back, lists:reverse(Ms))] -- [true || _ <- Ms]]),
    io:format("~p~n", [maps:remove(nothing, Full) =:= Full]),
    io:format("~p~n", [maps:take(5, Full) =:= {25, maps:remove(5, Full)}]),
    io:format("~p~n", [maps:take(500, Full)]),
    io:format("~p~n", [lists:sort(maps:keys(lists:foldl(fun maps:remove/2, Full, lists:seq(1, 70, 2))))]),
    io:format("~p~n", [[{N, maps:find(N, Full)} || N <- [0, 1, 33, 70, 71]]]).
