% SPDX-License-Identifier: Apache-2.0
%% Supervisors that restart children that end at once.
% hostile: more 17
% verdict: done or killed or deadline or error shutdown
% limits: deadline=4s
-module(group_of_supervisors).

-export([main/0, init/1, start_child/0]).
start_child() -> {ok, spawn_link(fun() -> exit(no) end)}.
init(_) -> {ok, {#{strategy => one_for_all, intensity => 1000, period => 1}, [#{id => N, start => {?MODULE, start_child, []}} || N <- lists:seq(1, 20)]}}.
main() ->
    process_flag(trap_exit, true),
    [supervisor:start_link(?MODULE, []) || _ <- lists:seq(1, 5)],
    receive after 500 -> ok end.
