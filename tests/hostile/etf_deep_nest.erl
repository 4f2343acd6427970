% SPDX-License-Identifier: Apache-2.0
%% Terms that are nested millions of times in external format.
% hostile: 68
% verdict: done
% limits: memory=400M, deadline=8s
-module(etf_deep_nest).
-export([main/0]).

main() ->
    N = 3000000,
    T = binary_to_term(<<131, (binary:copy(<<104, 1>>, N))/binary, 106>>),
    true = is_tuple(T),
    L = binary_to_term(<<131, (binary:copy(<<108, 1:32>>, N))/binary, 106, (binary:copy(<<106>>, N))/binary>>),
    true = is_list(L),
    {'EXIT', _} = (catch binary_to_term(<<131, (binary:copy(<<116, 1:32>>, N))/binary>>)),
    ok.
