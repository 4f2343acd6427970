% SPDX-License-Identifier: Apache-2.0
%% erlang:display of a shared term.
% hostile: 12 22
% verdict: killed or done or deadline or error system_limit
% limits: deadline=2s, output=10M
-module(display_shared).
-export([main/0]).

main() -> erlang:display(double(35, x)).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
