% SPDX-License-Identifier: Apache-2.0
%% Comparison by --.
% hostile: 23 47
% verdict: killed or deadline
% limits: deadline=2s
-module(subtract_shared).
-export([main/0]).

main() -> [double(40, [])] -- [double(40, [])].
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
