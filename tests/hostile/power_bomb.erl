% SPDX-License-Identifier: Apache-2.0
%% A power with a large exponent.
% hostile: 43
% verdict: error system_limit or deadline or killed or error undef or error badarith
% limits: deadline=3s
-module(power_bomb).
-export([main/0]).

main() -> pow(7, 100000000).
pow(_, 0) -> 1;
pow(B, E) when E rem 2 =:= 0 -> pow(B * B, E div 2);
pow(B, E) -> B * pow(B, E - 1).
