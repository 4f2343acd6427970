% SPDX-License-Identifier: Apache-2.0
%% Large equal terms as keys: each lookup compares all of them.
% hostile: 20
% verdict: done
-module(map_large_keys).
-export([main/0]).

main() ->
    K1 = lists:seq(1, 100000), K2 = lists:seq(1, 100000),
    M = #{K1 => 1},
    [1 = maps:get(K2, M) || _ <- lists:seq(1, 20)], ok.
