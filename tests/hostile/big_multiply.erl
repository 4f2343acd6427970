% SPDX-License-Identifier: Apache-2.0
%% Large products.
% hostile: 41
% verdict: error system_limit or deadline
% limits: deadline=3s
-module(big_multiply).
-export([main/0]).

main() -> A = (1 bsl 4000000) - 1, multiply(A).
multiply(A) -> A * A, multiply(A).
