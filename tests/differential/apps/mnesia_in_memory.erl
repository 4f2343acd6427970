%% SPDX-License-Identifier: Apache-2.0
%% mnesia with tables in memory: transactions, indexes, queries, aborts, locks, events.
-module(mnesia_in_memory).
-include_lib("stdlib/include/qlc.hrl").
-export([main/0]).
-record(person, {name, age, city}).
-record(account, {id, owner, balance}).
-record(visit, {city, who}).

main() ->
    logger:set_primary_config(level, none),
    show(mnesia:start()),
    show(mnesia:create_table(person, [{ram_copies, [node()]}, {attributes, record_info(fields, person)}, {index, [city]}])),
    show(mnesia:create_table(account, [{ram_copies, [node()]}, {attributes, record_info(fields, account)}, {type, ordered_set}])),
    show(mnesia:create_table(visit, [{ram_copies, [node()]}, {attributes, record_info(fields, visit)}, {type, bag}])),
    show(mnesia:create_table(person, [])),
    show(mnesia:wait_for_tables([person, account, visit], 5000)),
    Cities = {lund, oslo, rome},
    {atomic, ok} = mnesia:transaction(fun() ->
        [mnesia:write(#person{name = {p, I}, age = I rem 80, city = element(I rem 3 + 1, Cities)}) || I <- lists:seq(1, 300)],
        [mnesia:write(#account{id = I, owner = {p, I}, balance = 100}) || I <- lists:seq(1, 300)],
        [mnesia:write(#visit{city = element(I rem 3 + 1, Cities), who = I rem 10}) || I <- lists:seq(1, 60)],
        ok
    end),
    show([mnesia:table_info(T, size) || T <- [person, account, visit]]),
    show(mnesia:transaction(fun() -> length(mnesia:index_read(person, lund, #person.city)) end)),
    show(mnesia:transaction(fun() -> mnesia:read(person, {p, 17}) end)),
    show(mnesia:transaction(fun() -> lists:sort(mnesia:read(visit, oslo)) end)),
    show(mnesia:transaction(fun() -> move(1, 2, 30), move(2, 3, 50), mnesia:read(account, 2) end)),
    show(mnesia:transaction(fun() -> move(1, 2, 30), move(1, 2, 300) end)),
    show(mnesia:transaction(fun() -> mnesia:abort(because) end)),
    show(without_trace(mnesia:transaction(fun() -> error(oops) end))),
    show(mnesia:transaction(fun() -> [mnesia:read(account, I) || I <- [1, 2, 3]] end)),
    show(mnesia:transaction(fun() ->
        Q = qlc:q([{N, B} || #person{name = N, age = A, city = rome} <- mnesia:table(person), A > 77,
                             #account{owner = O, balance = B} <- mnesia:table(account), O =:= N]),
        lists:sort(qlc:e(Q))
    end)),
    show(mnesia:transaction(fun() -> mnesia:foldl(fun(#account{balance = B}, S) -> B + S end, 0, account) end)),
    show(mnesia:transaction(fun() -> mnesia:select(account, [{#account{id = '$1', balance = '$2', _ = '_'}, [{'=/=', '$2', 100}], [{{'$1', '$2'}}]}]) end)),
    show(mnesia:transaction(fun() -> {mnesia:first(account), mnesia:last(account), mnesia:next(account, 10), mnesia:prev(account, 10)} end)),
    show(mnesia:create_table(counter, [])),
    show([mnesia:dirty_update_counter({counter, K}, N) || {K, N} <- [{a, 7}, {a, -9}, {b, 1 bsl 70}, {a, 5}]]),
    show(catch_dirty(fun() -> mnesia:dirty_read(nothing, 1) end)),
    show(mnesia:subscribe({table, account, detailed})),
    show(mnesia:transaction(fun() -> mnesia:write(#account{id = 1000, owner = me, balance = 1}), mnesia:delete({account, 7}) end)),
    show(lists:sort([receive {mnesia_table_event, {Op, account, New, Old, {tid, _, _}}} -> {Op, New, Old} after 2000 -> none end || _ <- [1, 2]])),
    parallel(20),
    show(mnesia:transaction(fun() -> [mnesia:read(account, I) || I <- [100, 101]] end)),
    show(mnesia:transform_table(person, fun({person, N, A, C}) -> {person, N, A, C, undefined} end, [name, age, city, mail])),
    show(mnesia:dirty_read(person, {p, 1})),
    show(mnesia:add_table_index(account, owner)),
    show(mnesia:dirty_index_read(account, {p, 9}, owner)),
    show(mnesia:transaction(fun() ->
        show(mnesia:transaction(fun() -> mnesia:write(#account{id = 1, owner = inner, balance = 0}), mnesia:abort(inner) end)),
        mnesia:read(account, 1)
    end)),
    show(mnesia:del_table_index(account, owner)),
    show(mnesia:clear_table(visit)),
    show(mnesia:delete_table(visit)),
    show(lists:sort(mnesia:system_info(tables))),
    show(mnesia:table_info(account, all) =/= []),
    show(mnesia:stop()).

move(From, To, Amount) ->
    [#account{balance = A} = F] = mnesia:wread({account, From}),
    [#account{balance = B} = T] = mnesia:wread({account, To}),
    A >= Amount orelse mnesia:abort({only, A}),
    mnesia:write(F#account{balance = A - Amount}),
    mnesia:write(T#account{balance = B + Amount}).

%% Transfers that wait for each other's locks.
parallel(N) ->
    Monitors = [element(2, spawn_monitor(fun() ->
                    {From, To} = if I rem 2 =:= 0 -> {100, 101}; true -> {101, 100} end,
                    {atomic, ok} = mnesia:transaction(fun() -> move(From, To, 1) end)
                end)) || I <- lists:seq(1, N)],
    show(lists:usort([receive {'DOWN', M, process, _, Why} -> Why end || M <- Monitors])).

without_trace({aborted, {Reason, [{M, F, A, _} | _]}}) -> {aborted, Reason, M, F, A};
without_trace(Other) -> Other.

catch_dirty(F) ->
    try F() catch exit:Reason -> Reason end.

show(Term) -> io:format("~p~n", [Term]).
