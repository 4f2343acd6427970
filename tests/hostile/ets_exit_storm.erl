% SPDX-License-Identifier: Apache-2.0
%% Processes that leave a table behind, one after the other.
% hostile: 9
% verdict: done or deadline
% limits: deadline=4s
-module(ets_exit_storm).
-export([main/0]).

main() -> storm(20000).
storm(0) -> ok;
storm(N) ->
    {P, R} = spawn_monitor(fun() -> ets:insert(ets:new(t, []), [{K, K} || K <- lists:seq(1, 20)]) end),
    receive {'DOWN', R, process, P, normal} -> storm(N - 1) end.
