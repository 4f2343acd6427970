% SPDX-License-Identifier: Apache-2.0
%% A shared term that would print as a trillion characters.
% hostile: 22 59
% verdict: killed or deadline
% limits: deadline=3s
-module(format_shared).
-export([main/0]).

main() -> io_lib:format("~p", [double(40, [])]).
double(0, T) -> T;
double(N, T) -> double(N - 1, [T | T]).
