% SPDX-License-Identifier: Apache-2.0
%% Messages to names that nobody has, to the dead and to pids that never were.
% hostile: more 38
% verdict: deadline
% limits: deadline=1s
-module(names_of_the_dead).
-export([main/0]).

main() -> P = spawn(fun() -> ok end), dead(P, list_to_pid("<0.999999.0>")).
dead(P, Q) -> catch none ! x, P ! x, Q ! x, exit(Q, kill), catch link(P), receive {'EXIT', _, _} -> ok after 0 -> ok end, _ = is_process_alive(Q), process_flag(trap_exit, true), dead(P, Q).
