% SPDX-License-Identifier: Apache-2.0
%% Processes start and end as fast as that goes, each by another kind of end.
% hostile: more 17
% verdict: deadline
% limits: deadline=1s
-module(spawn_storm).
-export([main/0]).

main() -> storm(0).
storm(N) ->
    {P, R} = spawn_opt(fun() -> case N rem 4 of 0 -> ok; 1 -> exit(x); 2 -> exit(self(), kill); 3 -> receive after 0 -> ok end end end, [monitor, link]) ,
    process_flag(trap_exit, true),
    receive {'DOWN', R, process, P, _} -> ok end, receive {'EXIT', P, _} -> ok end, storm(N + 1).
