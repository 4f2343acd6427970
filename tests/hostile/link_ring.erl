% SPDX-License-Identifier: Apache-2.0
%% Ten thousand processes in a ring of links end one after the other.
% hostile: more 16
% verdict: done or error die or killed
% limits: deadline=5s
-module(link_ring).
-export([main/0]).

main() ->
    {P, R} = spawn_monitor(fun() -> ring(10000) end),
    receive {'DOWN', R, process, P, _} -> ok end.
ring(0) -> exit(die);
ring(N) -> spawn_link(fun() -> ring(N - 1) end), receive never -> ok end.
