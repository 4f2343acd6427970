% SPDX-License-Identifier: Apache-2.0
%% A heap just below the limit is collected again and again.
% hostile: 24 50
% verdict: deadline or killed
% limits: deadline=1s
-module(gc_thrash).
-export([main/0]).

main() -> churn(lists:seq(1, 1000000)).
churn(L) -> churn([X + 1 || X <- L]).
