% SPDX-License-Identifier: Apache-2.0
%% Keys that show one long string, or one large binary, millions of times.
% hostile: 23 8
% verdict: deadline
% limits: deadline=2s,memory=256M
-module(key_shared_long).
-export([main/0]).

main() ->
    Ets = ets:new(t, [public]),
    Uses = [fun(K) -> [put(N, N) || N <- lists:seq(1, 100)], put(K, 1) end,
            fun(K) -> ets:insert(Ets, {K, 1}) end,
            fun(K) -> (maps:from_list([{N, N} || N <- lists:seq(1, 100)]))#{K => 1} end,
            fun(K) -> persistent_term:put(K, 1) end, fun(K) -> erlang:phash(K, 100) end,
            fun(K) -> erlang:phash2(K) end],
    [spawn(fun() -> U(large(K)) end) || U <- Uses, K <- lists:seq(1, 4)],
    receive never -> ok end.

large(1) -> share(20, lists:duplicate(100000, $a));
large(2) -> share(20, binary:copy(<<1>>, 1000000));
large(3) -> share(20, <<1:3, (binary:copy(<<1>>, 1000000))/binary>>);
large(4) -> share(20, 1 bsl 3000000).

share(0, T) -> T;
share(N, T) -> S = share(N - 1, T), {S, S}.
