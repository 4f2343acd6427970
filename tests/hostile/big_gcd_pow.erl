% SPDX-License-Identifier: Apache-2.0
%% Powers, remainders and digits of numbers of a million bits.
% hostile: 43
% verdict: deadline or done or error system_limit
% limits: deadline=2s
-module(big_gcd_pow).
-export([main/0]).

main() ->
    N = (1 bsl 1000000) + 12345,
    [begin _ = N rem (N bsr 7), _ = N bxor (-N), _ = (-N) bsr 3, _ = integer_to_binary(N bsr 900000), _ = N band (N bsl 3) end || _ <- lists:seq(1, 200)],
    ok.
