% SPDX-License-Identifier: Apache-2.0
%% A loop that does nothing.
% hostile: 39
% verdict: deadline
% limits: deadline=1s
-module(infinite_loop).
-export([main/0]).

main() -> main().
