% SPDX-License-Identifier: Apache-2.0
%% A term of 2^40 words to spawn_request and its tag.
% hostile: 23
% verdict: killed or error system_limit or deadline
% limits: deadline=3s
-module(group_leader_shared).
-export([main/0]).

main() ->
    P = spawn(fun() -> timer:sleep(infinity) end),
    monitor(process, P, [{tag, double(35, [])}]).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
