% SPDX-License-Identifier: Apache-2.0
%% Parts of binaries are kept and copied in turns: the large ones stay.
% hostile: 6 28
% verdict: deadline or killed
% limits: deadline=1s
-module(binary_parts_kept).
-export([main/0]).

main() -> parts([], 0).
parts(L, N) when N rem 500 =:= 0 -> parts(lists:sublist([binary:copy(X) || X <- L], 100), N + 1);
parts(L, N) -> B = binary:copy(<<N:32>>, 20000), parts([binary:part(B, N rem 100, 3) | L], N + 1).
