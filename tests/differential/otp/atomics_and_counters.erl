%% SPDX-License-Identifier: Apache-2.0
%% atomics and counters, shared between processes, with wrapping and errors.
-module(atomics_and_counters).
-export([main/0, id/1]).

main() ->
    A = atomics:new(4, []), U = atomics:new(1, [{signed, false}]),
    io:format("~p~n", [[atomics:put(A, 1, 5), atomics:get(A, 1), atomics:add(A, 1, 3), atomics:add_get(A, 1, -10), atomics:sub(A, 2, 1), atomics:sub_get(A, 2, 1), atomics:exchange(A, 1, 100), atomics:get(A, 1)]]),
    io:format("~p~n", [[atomics:compare_exchange(A, 1, 100, 7), atomics:compare_exchange(A, 1, 100, 8), atomics:get(A, 1)]]),
    atomics:put(A, 3, 16#7fffffffffffffff), atomics:add(A, 3, 1),
    atomics:put(U, 1, 0), atomics:sub(U, 1, 1),
    io:format("~p ~p~n", [atomics:get(A, 3), atomics:get(U, 1)]),
    I = atomics:info(A), io:format("~p ~p~n", [maps:with([size, max, min], I), maps:with([size, max, min], atomics:info(U))]),
    C = counters:new(3, [write_concurrency]), D = counters:new(2, []),
    Ps = [spawn_monitor(fun() -> [counters:add(C, 1 + K rem 3, K) || K <- lists:seq(1, 100)], [atomics:add(A, 4, 1) || _ <- lists:seq(1, 100)] end) || _ <- lists:seq(1, 10)],
    [receive {'DOWN', R, _, P, normal} -> ok end || {P, R} <- Ps],
    io:format("~p~n", [[counters:get(C, N) || N <- [1, 2, 3]]]),
    io:format("~p~n", [atomics:get(A, 4)]),
    io:format("~p~n", [[counters:put(D, 1, 5), counters:sub(D, 1, 2), counters:get(D, 1), maps:get(size, counters:info(D))]]),
    io:format("~p~n", [[t(F) || F <- [fun() -> atomics:get(A, 0) end, fun() -> atomics:get(A, 5) end, fun() -> atomics:put(A, 1, 1 bsl 64) end, fun() -> atomics:put(A, 1, a) end,
        fun() -> atomics:new(0, []) end, fun() -> atomics:new(1, [x]) end, fun() -> atomics:get(id(x), 1) end, fun() -> counters:new(0, []) end, fun() -> counters:add(D, 3, 1) end]]]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
