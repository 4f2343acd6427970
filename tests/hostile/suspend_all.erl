% SPDX-License-Identifier: Apache-2.0
%% All processes are suspended, many times.
% hostile: 73
% verdict: done
% linger: 20
-module(suspend_all).
-export([main/0]).

main() ->
    Others = [spawn(fun Loop() -> receive X -> Loop(), X end end) || _ <- lists:seq(1, 100)],
    [catch erlang:suspend_process(P) || _ <- lists:seq(1, 1000), P <- [hd(Others)]],
    [catch erlang:suspend_process(P, [asynchronous, unless_suspending]) || P <- processes(), P =/= self()],
    {'EXIT', _} = (catch erlang:suspend_process(self())),
    [P ! hello || P <- Others],
    ok.
