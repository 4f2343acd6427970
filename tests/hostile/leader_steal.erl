% SPDX-License-Identifier: Apache-2.0
%% A process makes itself the group leader of all, itself included, and answers nothing.
% hostile: 77
% verdict: done or killed or deadline
% limits: deadline=2s
-module(leader_steal).
-export([main/0]).

main() ->
    [catch group_leader(self(), P) || P <- processes()],
    spawn(fun() -> io:format("lost~n") end),
    group_leader(self(), self()),
    L = [spawn(fun() -> receive x -> ok end end) || _ <- lists:seq(1, 100)],
    lists:foldl(fun(P, Q) -> group_leader(Q, P), P end, hd(L), tl(L)),
    group_leader(hd(L), lists:last(L)),
    ok.
