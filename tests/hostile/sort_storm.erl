% SPDX-License-Identifier: Apache-2.0
%% Long lists of terms that are alike to their last word are sorted for ever.
% hostile: 47
% verdict: deadline or killed
% limits: deadline=1s
-module(sort_storm).
-export([main/0]).

main() ->
    Long = lists:duplicate(1000, x),
    sort([Long ++ [N * 7919 rem 1000] || N <- lists:seq(1, 1000)]).
sort(L) -> _ = lists:sort(L), _ = lists:usort(fun(A, B) -> A =< B end, L), sort(L).
