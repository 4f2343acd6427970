%% SPDX-License-Identifier: Apache-2.0
%% The order of large maps with binaries, floats, bigs, strings and tuples as keys.
-module(large_iteration_order_others).
-export([main/0]).

main() ->
    [io:format("~w~n", [maps:keys(maps:from_list([{F(N), N} || N <- lists:seq(1, 50)]))])
     || F <- [fun(N) -> <<"key", N>> end,
              fun(N) -> N * 1.5 end,
              fun(N) -> (1 bsl 64) + N end,
              fun(N) -> -(1 bsl 60) * N end,
              fun(N) -> integer_to_list(N) end,
              fun(N) -> {N, N + 1} end,
              fun(N) -> [N, [N]] end,
              fun(N) -> <<N:13>> end,
              fun(N) -> {<<N>>, {N, [N | N]}} end]].
