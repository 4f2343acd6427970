% SPDX-License-Identifier: Apache-2.0
%% An argument for the host whose parts are shared: it would be a terabyte.
% hostile: 84 23
% verdict: killed or error system_limit or deadline
% limits: deadline=3s
-module(host_shared_argument).
-export([main/0]).

main() -> host:echo(double(40, [])).
double(0, T) -> T;
double(N, T) -> double(N - 1, [T | T]).
