% SPDX-License-Identifier: Apache-2.0
%% Tables without end.
% hostile: 9
% verdict: error system_limit
-module(ets_table_bomb).
-export([main/0]).

main() -> more().
more() -> ets:new(t, []), more().
