% SPDX-License-Identifier: Apache-2.0
%% Large integers are compared with floats.
% hostile: 43
% verdict: done
-module(big_compare_float).
-export([main/0]).

main() -> A = 1 bsl 4000000, [false = A < 1.0e308 || _ <- lists:seq(1, 10000)], ok.
