% SPDX-License-Identifier: Apache-2.0
%% A long list is searched for what is not in it.
% hostile: 48
% verdict: deadline
% limits: deadline=1s
-module(search_long).
-export([main/0]).

main() -> search([{N} || N <- lists:seq(1, 200000)]).
search(L) -> false = lists:keyfind(none, 1, L), false = lists:member(none, L), _ = length(L), search(L).
