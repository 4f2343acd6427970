% SPDX-License-Identifier: Apache-2.0
%% The applications are stopped and what they need is killed.
% hostile: 72 73
% verdict: done or halted 0 or halted 1 or killed or deadline or error noproc
% limits: deadline=3s
% linger: 20
-module(stop_kernel).
-export([main/0]).

main() ->
    [catch application:stop(A) || A <- [kernel, stdlib, none]],
    [exit(P, kill) || N <- registered(), P <- [whereis(N)], is_pid(P), P =/= self()],
    [exit(P, shutdown) || P <- processes(), P =/= self()],
    ok.
