% SPDX-License-Identifier: Apache-2.0
%% A thousand processes that hibernate and are woken.
% hostile: 50
% verdict: deadline
% limits: deadline=1s
-module(hibernate_storm).

-export([main/0, sleep/1]).
main() ->
    Sleepers = [spawn(fun() -> sleep(lists:seq(1, 500)) end) || _ <- lists:seq(1, 1000)],
    wake(Sleepers).
wake(L) -> [P ! wake || P <- L], wake(L).
sleep(L) -> receive wake -> ok after 0 -> ok end, erlang:hibernate(?MODULE, sleep, [L]).
