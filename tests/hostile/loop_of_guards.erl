% SPDX-License-Identifier: Apache-2.0
%% A loop in which only guards fail.
% hostile: 39
% verdict: deadline
% limits: deadline=1s
-module(loop_of_guards).
-export([main/0]).

main() -> f(1).
f(N) when N > 1, hd(N) =:= 1 -> ok;
f(N) when tl(N) =:= 1 -> ok;
f(N) when element(N, N) =:= 1 -> ok;
f(N) -> f(N).
