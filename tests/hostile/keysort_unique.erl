% SPDX-License-Identifier: Apache-2.0
%% Sorting by functions that contradict themselves.
% hostile: more 47
% verdict: deadline or done
% limits: deadline=2s
-module(keysort_unique).
-export([main/0]).

main() ->
    L = [rand:uniform(1000) || _ <- lists:seq(1, 50000)],
    [begin _ = lists:sort(F, L), _ = lists:usort(F, L) end || F <- [fun(_, _) -> true end, fun(_, _) -> false end, fun(A, B) -> (A + B) rem 3 =:= 0 end]],
    ok.
