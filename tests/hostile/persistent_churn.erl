% SPDX-License-Identifier: Apache-2.0
%% Persistent terms are replaced and erased for ever.
% hostile: 56 10
% verdict: deadline
% limits: deadline=1s
-module(persistent_churn).
-export([main/0]).

main() -> churn(0).
churn(N) -> persistent_term:put({k, N rem 10}, lists:seq(N, N + 1000)), persistent_term:erase({k, (N + 5) rem 10}), churn(N + 1).
