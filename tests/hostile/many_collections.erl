% SPDX-License-Identifier: Apache-2.0
%% Sixteen sandboxes that collect all the time.
% hostile: more 50 24
% verdict: deadline or killed
% copies: 16
% limits: deadline=1s, memory=32M
-module(many_collections).
-export([main/0]).

main() -> L = lists:seq(1, 200000), gc(L).
gc(L) -> erlang:garbage_collect(), gc(L).
