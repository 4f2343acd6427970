% SPDX-License-Identifier: Apache-2.0
%% Processes hibernate with a stack of a million frames, which is given up.
% hostile: 50 2
% verdict: done or killed
% limits: deadline=5s
-module(hibernate_deep).

-export([main/0, asleep/1]).
main() ->
    [begin
         {P, R} = spawn_monitor(fun() -> deep(300000) end),
         P ! {stop, self()},
         receive {'DOWN', R, process, P, _} -> ok end
     end || _ <- lists:seq(1, 5)],
    ok.
deep(0) -> erlang:hibernate(?MODULE, asleep, [lists:seq(1, 1000)]);
deep(N) -> 1 + deep(N - 1).
asleep(_) -> receive {stop, _} -> ok end.
