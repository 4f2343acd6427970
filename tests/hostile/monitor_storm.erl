% SPDX-License-Identifier: Apache-2.0
%% Monitors are made and dropped as fast as that goes, on the dead as well.
% hostile: more 14
% verdict: deadline
% limits: deadline=1s
-module(monitor_storm).
-export([main/0]).

main() -> P = spawn(fun() -> ok end), Q = spawn(fun() -> receive x -> ok end end), storm(P, Q).
storm(P, Q) ->
    R = monitor(process, P), S = monitor(process, Q, [{alias, reply_demonitor}]), demonitor(S),
    receive {'DOWN', R, _, _, _} -> ok end, storm(P, Q).
