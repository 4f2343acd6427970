%% SPDX-License-Identifier: Apache-2.0
%% Work that takes many slices: others go on meanwhile, results are whole.
%% timeout: 60
-module(large_tables).
-export([main/0]).

p(X) -> io:format("~p~n", [X]).

main() ->
    [kind(K) || K <- [set, duplicate_bag, ordered_set]],
    atomic(),
    killed().

kind(Kind) ->
    N = 60000,
    T = ets:new(t, [Kind, public]),
    p({Kind, ets:insert(T, [{I, I rem 10} || I <- lists:seq(1, N)])}),
    p(ets:info(T, size)),
    p(length(ets:tab2list(T))),
    p(ets:select_count(T, [{{'_', 3}, [], [true]}])),
    p(lists:sum(ets:select(T, [{{'$1', 3}, [], ['$1']}]))),
    p(length(ets:match(T, {'$1', 4}))),
    p(ets:select_replace(T, [{{'$1', 3}, [], [{{'$1', {{x, '$1'}}}}]}])),
    p(ets:select_count(T, [{{'$1', {x, '$1'}}, [], [true]}])),
    p(ets:foldl(fun({K, _}, A) -> A + K end, 0, T)),
    p(ets:select_delete(T, [{{'_', 5}, [], [true]}])),
    p(ets:info(T, size)),
    p(ets:insert_new(T, [{I, n} || I <- lists:seq(N + 1, N + 30000)])),
    p(ets:insert_new(T, [{I, n} || I <- lists:seq(N + 20000, N + 60000)])),
    p(ets:info(T, size)),
    p(ets:select_delete(T, [{'_', [], [true]}])),
    p({ets:info(T, size), ets:delete(T), ets:info(T)}).

%% Nobody sees a list half inserted.
atomic() ->
    T = ets:new(t, [public]),
    Self = self(),
    Watch = fun W(Sizes) ->
        receive stop -> Self ! {sizes, lists:usort(Sizes)}
        after 0 -> W([ets:info(T, size) | lists:sublist(Sizes, 3)])
        end
    end,
    Pids = [spawn(fun() -> Watch([]) end) || _ <- [1, 2]],
    ets:insert(T, [{I} || I <- lists:seq(1, 40000)]),
    [P ! stop || P <- Pids],
    p([receive {sizes, S} -> S -- [0, 40000] end || _ <- Pids]).

%% Processes that are killed in the middle of it leave tables that work.
killed() ->
    T = ets:new(t, [public]),
    ets:insert(T, [{I} || I <- lists:seq(1, 20000)]),
    Loop = fun L() -> ets:select(T, [{{'$1'}, [{'<', '$1', 0}], ['$1']}]), L() end,
    Ps = [spawn_monitor(Loop) || _ <- [1, 2, 3]],
    receive after 20 -> ok end,
    [exit(P, kill) || {P, _} <- Ps],
    [receive {'DOWN', M, _, _, R} -> p(R) end || {_, M} <- Ps],
    p({ets:info(T, fixed), ets:info(T, size), ets:insert(T, {0}), length(ets:tab2list(T))}).
