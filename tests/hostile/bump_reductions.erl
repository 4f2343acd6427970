% SPDX-License-Identifier: Apache-2.0
%% The count of reductions is pushed about.
% hostile: 61
% verdict: deadline
% limits: deadline=1s
-module(bump_reductions).
-export([main/0]).

main() -> catch erlang:bump_reductions(1), catch erlang:bump_reductions(1 bsl 60), main().
