% SPDX-License-Identifier: Apache-2.0
%% Forty sandboxes that wake a thousand times a second.
% hostile: more 57
% verdict: deadline
% copies: 40
% limits: deadline=1s
-module(many_sleepers).
-export([main/0]).

main() -> receive after 1 -> main() end.
