% SPDX-License-Identifier: Apache-2.0
%% An iolist that is a trillion bytes long.
% hostile: 22
% verdict: killed or error system_limit or deadline
% limits: deadline=3s
-module(iolist_shared).
-export([main/0]).

main() -> iolist_to_binary(double(40, [$x])).
double(0, T) -> T;
double(N, T) -> double(N - 1, [T | T]).
