% SPDX-License-Identifier: Apache-2.0
%% Twenty million nested tuples are built and compared.
% hostile: 19
% verdict: killed
-module(deep_tuple).
-export([main/0]).

main() -> A = deep(20000000, {}), B = deep(20000000, {}), true = A =:= B.
deep(0, T) -> T;
deep(N, T) -> deep(N - 1, {T}).
