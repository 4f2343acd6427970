% SPDX-License-Identifier: Apache-2.0
%% Large messages go round in a ring.
% hostile: more 11
% verdict: deadline or killed or limit memory
% limits: deadline=1s
-module(send_large_storm).
-export([main/0]).

main() ->
    L = [spawn(fun() -> receive {next, P} -> ring(P) end end) || _ <- lists:seq(1, 10)],
    [P ! {next, Q} || {P, Q} <- lists:zip(L, tl(L) ++ [hd(L)])], hd(L) ! lists:seq(1, 50000), receive never -> ok end.
ring(P) -> receive M -> P ! M, ring(P) end.
