% SPDX-License-Identifier: Apache-2.0
%% The sandbox is destroyed in the middle of long builtins.
% hostile: more 41
% verdict: stopped
% destroy: 100
% limits: memory=256M
-module(destroy_in_builtin).
-export([main/0]).

main() -> L = lists:seq(1, 300000), go(L, 1 bsl 500000).
go(L, N) -> _ = lists:reverse(L), _ = term_to_binary(L), _ = N * N, _ = lists:sort(L), go(L, N).
