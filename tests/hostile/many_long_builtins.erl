% SPDX-License-Identifier: Apache-2.0
%% Twenty sandboxes that stay in builtins for as long as they can: more than there are spare threads.
% hostile: more 41 54
% verdict: deadline or killed or limit memory
% copies: 20
% limits: deadline=1s, memory=32M
-module(many_long_builtins).
-export([main/0]).

main() -> N = (1 bsl 1000000) - 1, go(N, lists:seq(1, 100000)).
go(N, L) -> _ = N * N, _ = N div ((1 bsl 500000) + 1), _ = erlang:phash2(L), _ = term_to_binary(L), go(N, L).
