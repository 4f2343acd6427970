% SPDX-License-Identifier: Apache-2.0
%% A hundred processes send to all of them.
% hostile: more 11
% verdict: deadline or killed or limit memory
% limits: deadline=1s
-module(send_storm_all).
-export([main/0]).

main() -> L = [spawn(fun() -> receive {all, A} -> send(A) end end) || _ <- lists:seq(1, 100)], [P ! {all, L} || P <- L], receive never -> ok end.
send(L) -> [P ! {self(), lists:seq(1, 10)} || P <- L], flush(), send(L).
flush() -> receive _ -> flush() after 0 -> ok end.
