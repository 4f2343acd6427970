% SPDX-License-Identifier: Apache-2.0
%% Processes wait for answers that the host never gives; the sandbox ends before them.
% hostile: 84
% verdict: killed or deadline or error system_limit
% limits: deadline=1s
-module(host_never).
-export([main/0]).

main() -> [spawn(fun() -> host:never(N) end) || N <- lists:seq(1, 2000)], receive x -> ok end.
