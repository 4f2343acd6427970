%% SPDX-License-Identifier: Apache-2.0
%% Fixed tables: traversal meets each object once whatever is deleted meanwhile.
-module(fixation).
-export([main/0]).

p(X) -> io:format("~p~n", [X]).
c(F) -> try F() catch C:R -> {C, R} end.

main() ->
    [kind(K) || K <- [set, bag, duplicate_bag, ordered_set]],
    counts(),
    cleared().

kind(Kind) ->
    T = ets:new(t, [Kind]),
    ets:insert(T, [{I, I} || I <- lists:seq(1, 1000)]),
    ets:safe_fixtable(T, true),
    Seen = delete_all(T, ets:first(T)),
    p({Kind, lists:sort(Seen) =:= lists:seq(1, 1000), ets:info(T, size), ets:first(T)}),
    p({ets:lookup(T, 5), ets:member(T, 5), ets:tab2list(T), ets:insert(T, {5, again})}),
    p({ets:lookup(T, 5), ets:info(T, size)}),
    ets:safe_fixtable(T, false),
    p({ets:tab2list(T), ets:info(T, size), ets:info(T, fixed)}),
    %% Inserting many while fixed, then going on.
    ets:safe_fixtable(T, true),
    [ets:insert(T, {I, x}) || I <- lists:seq(2001, 4000)],
    ets:select_delete(T, [{{'$1', x}, [{'>', '$1', 2010}], [true]}]),
    p(lists:sort(walk(T, ets:first(T)))),
    ets:safe_fixtable(T, false),
    p(lists:sort(walk(T, ets:first(T)))),
    [ets:insert(T, {I, y}) || I <- lists:seq(1, 3000)],
    p({ets:info(T, size), length(walk(T, ets:first(T)))}).

delete_all(_, '$end_of_table') -> [];
delete_all(T, K) ->
    ets:delete(T, K),
    [K | delete_all(T, ets:next(T, K))].

walk(_, '$end_of_table') -> [];
walk(T, K) -> [K | walk(T, ets:next(T, K))].

counts() ->
    T = ets:new(t, [public]),
    Self = self(),
    p(ets:info(T, safe_fixed)),
    ets:safe_fixtable(T, true),
    ets:safe_fixtable(T, true),
    {When, [{Self, 2}]} = ets:info(T, safe_fixed),
    {Mono, [{Self, 2}]} = ets:info(T, safe_fixed_monotonic_time),
    p({tuple_size(When), is_integer(Mono), ets:info(T, fixed)}),
    {Pid, M} = spawn_monitor(fun() -> ets:safe_fixtable(T, true), Self ! on, receive off -> ok end end),
    receive on -> ok end,
    {_, L} = ets:info(T, safe_fixed),
    p(lists:sort([N || {_, N} <- L])),
    ets:safe_fixtable(T, false),
    ets:safe_fixtable(T, false),
    {_, [{Pid, 1}]} = ets:info(T, safe_fixed),
    Pid ! off,
    receive {'DOWN', M, _, _, _} -> ok end,
    p({ets:info(T, safe_fixed), ets:info(T, fixed), ets:safe_fixtable(T, false)}).

%% All objects thrown away under a fixation.
cleared() ->
    T = ets:new(t, []),
    ets:insert(T, [{I} || I <- lists:seq(1, 300)]),
    ets:safe_fixtable(T, true),
    K = ets:first(T),
    ets:delete_all_objects(T),
    p({ets:info(T, size), ets:first(T), ets:next(T, K), ets:member(T, K)}),
    ets:insert(T, [{I} || I <- lists:seq(250, 260)]),
    p({ets:info(T, size), lists:sort(walk(T, ets:first(T)))}),
    ets:delete_all_objects(T),
    ets:insert(T, {255, x}),
    p(ets:tab2list(T)),
    ets:safe_fixtable(T, false),
    p({ets:tab2list(T), c(fun() -> ets:next(T, K) end)}),
    ets:insert(T, [{I} || I <- lists:seq(1, 5000)]),
    p({ets:info(T, size), length(walk(T, ets:first(T)))}).
