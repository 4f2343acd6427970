% SPDX-License-Identifier: Apache-2.0
%% Pids from 0 on are made of bytes and killed: only this sandbox has them.
% hostile: 69 73
% verdict: done or killed
% linger: 20
-module(etf_forged_pids).
-export([main/0]).

main() ->
    Self = self(),
    Pids = [P || N <- lists:seq(0, 20000), P <- [pid(N)], P =/= Self],
    [exit(P, kill) || P <- Pids],
    [P ! hello || P <- Pids],
    [catch erlang:suspend_process(P) || P <- lists:sublist(Pids, 100)],
    ok.
pid(N) -> binary_to_term(<<131, 103, 119, 13, "nonode@nohost", N:32, 0:32, 0>>).
