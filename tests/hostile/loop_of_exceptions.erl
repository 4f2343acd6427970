% SPDX-License-Identifier: Apache-2.0
%% A loop that only raises and catches.
% hostile: 39
% verdict: deadline
% limits: deadline=1s
-module(loop_of_exceptions).
-export([main/0]).

main() -> catch error(x), main().
