%% SPDX-License-Identifier: Apache-2.0
%% ets:info/1,2: every item for every kind of table.
-module(information).
-export([main/0]).

main() ->
    Kinds = [[], [bag], [duplicate_bag], [ordered_set], [named_table], [public], [private],
             [{keypos, 3}], [compressed], [{write_concurrency, true}], [{write_concurrency, auto}],
             [{read_concurrency, true}], [private, {read_concurrency, true}],
             [private, {write_concurrency, true}], [ordered_set, {write_concurrency, true}],
             [{write_concurrency, true}, {decentralized_counters, true}],
             [{decentralized_counters, true}], [ordered_set, {decentralized_counters, false}],
             [set, bag, set], [ordered_set, set], [private, protected]],
    [begin
         T = ets:new(name, K),
         [io:format("~w ~w ~w~n", [K, I, plain(ets:info(T, I))]) || I <- items()],
         L = [X || {I, X} <- ets:info(T), I =/= id, I =/= owner, I =/= memory],
         io:format("~w~n~w~n", [L, [I || {I, _} <- ets:info(T)]]),
         ets:insert(T, [{a, b, I} || I <- lists:seq(1, 10)]),
         io:format("~w~n", [ets:info(T, size)]),
         ets:delete(T)
     end || K <- Kinds],
    memory().

items() ->
    [binary, compressed, decentralized_counters, fixed, heir, id, keypos, name, named_table, node,
     owner, protection, safe_fixed, safe_fixed_monotonic_time, size, type, write_concurrency,
     read_concurrency].

plain(R) when is_reference(R) -> ref;
plain(P) when is_pid(P) -> pid;
plain(X) -> X.

memory() ->
    T = ets:new(m, []),
    M0 = ets:info(T, memory),
    ets:insert(T, [{I, I} || I <- lists:seq(1, 100)]),
    M1 = ets:info(T, memory),
    ets:delete_all_objects(T),
    M2 = ets:info(T, memory),
    io:format("~p~n", [{M0 > 0, M1 > M0 + 300, M2 < M1}]).
