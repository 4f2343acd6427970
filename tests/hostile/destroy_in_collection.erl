% SPDX-License-Identifier: Apache-2.0
%% The sandbox is destroyed while a large heap is collected.
% hostile: more 50
% verdict: stopped
% destroy: 150
-module(destroy_in_collection).
-export([main/0]).

main() -> L = lists:seq(1, 400000), gc(L).
gc(L) -> erlang:garbage_collect(), gc(L).
