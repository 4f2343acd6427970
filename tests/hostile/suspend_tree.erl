% SPDX-License-Identifier: Apache-2.0
%% Each process suspends its child and ends with it suspended.
% hostile: 73 18
% verdict: done or killed
% linger: 20
-module(suspend_tree).
-export([main/0]).

main() -> tree(3000), ok.
tree(0) -> ok;
tree(N) ->
    P = spawn(fun() -> receive x -> ok end end),
    spawn(fun() -> catch erlang:suspend_process(P), exit(P, kill) end),
    tree(N - 1).
