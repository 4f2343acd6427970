%% SPDX-License-Identifier: Apache-2.0
%% A process crashes just before the program ends: its report is written all the same.
% expect: over
% stderr: Error in process
% stderr: {just_before_the_end,
-module(crash_reports_are_not_lost).
-export([main/0]).

main() ->
    {_, M} = spawn_monitor(fun() -> error(just_before_the_end) end),
    receive {'DOWN', M, process, _, _} -> io:format("over~n") end.
