% SPDX-License-Identifier: Apache-2.0
%% Maps as keys of maps as keys of maps.
% hostile: 20
% verdict: killed or done or deadline
% limits: deadline=2s
-module(map_in_keys).
-export([main/0]).

main() -> M = nest(100000, #{}), _ = #{M => 1}, _ = maps:find(M, #{M => 2}), ok.
nest(0, M) -> M;
nest(N, M) -> nest(N - 1, #{M => N}).
