% SPDX-License-Identifier: Apache-2.0
%% A shift by a billion bits.
% hostile: 43
% verdict: error system_limit or killed
-module(big_shift).
-export([main/0]).

main() -> 1 bsl 1000000000.
