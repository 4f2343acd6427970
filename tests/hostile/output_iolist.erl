% SPDX-License-Identifier: Apache-2.0
%% One line of output that is a billion bytes long.
% hostile: 12 22
% verdict: killed or deadline or error badarg or error terminated
% limits: deadline=2s, output=10M
-module(output_iolist).
-export([main/0]).

main() -> io:put_chars(double(30, "x")).
double(0, T) -> T;
double(N, T) -> double(N - 1, [T | T]).
