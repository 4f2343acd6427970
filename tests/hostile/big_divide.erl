% SPDX-License-Identifier: Apache-2.0
%% Large divisions.
% hostile: 43
% verdict: error system_limit or deadline
% limits: deadline=3s
-module(big_divide).
-export([main/0]).

main() -> A = (1 bsl 4000000) - 1, B = (1 bsl 2000000) + 12345, divide(A, B).
divide(A, B) -> A div B, A rem B, divide(A, B).
