% SPDX-License-Identifier: Apache-2.0
%% The size of an iolist that is a trillion bytes long.
% hostile: 22
% verdict: deadline
% limits: deadline=2s
-module(iolist_size_shared).
-export([main/0]).

main() -> iolist_size(double(40, [$x])).
double(0, T) -> T;
double(N, T) -> double(N - 1, [T | T]).
