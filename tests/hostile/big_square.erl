% SPDX-License-Identifier: Apache-2.0
%% Squaring for ever.
% hostile: 41
% verdict: error system_limit or killed or deadline
% limits: deadline=5s
-module(big_square).
-export([main/0]).

main() -> square(3).
square(N) -> square(N * N).
