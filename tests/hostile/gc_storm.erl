% SPDX-License-Identifier: Apache-2.0
%% A large heap is collected for ever.
% hostile: 50
% verdict: deadline
% limits: deadline=1s
-module(gc_storm).
-export([main/0]).

main() -> L = lists:seq(1, 300000), gc(L).
gc(L) -> erlang:garbage_collect(), gc(L).
