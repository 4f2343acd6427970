% SPDX-License-Identifier: Apache-2.0
%% The host is made to hold large arguments for as long as it does not answer.
% hostile: 84
% verdict: killed or limit memory or error system_limit or deadline
% limits: deadline=2s
-module(host_large_argument).
-export([main/0]).

main() -> B = binary:copy(<<1>>, 1000000), ask(B, 0).
ask(B, N) -> spawn(fun() -> host:never({N, B}) end), erlang:yield(), ask(B, N + 1).
