% SPDX-License-Identifier: Apache-2.0
%% A name is taken and given back for ever.
% hostile: 38
% verdict: deadline
% limits: deadline=1s
-module(register_churn).
-export([main/0]).

main() -> register(churn, self()), unregister(churn), main().
