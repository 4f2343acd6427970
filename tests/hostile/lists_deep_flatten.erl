% SPDX-License-Identifier: Apache-2.0
%% Lists of a million levels are flattened, measured and compared.
% hostile: 47
% verdict: done or killed
% limits: deadline=4s
-module(lists_deep_flatten).
-export([main/0]).

main() ->
    D = lists:foldl(fun(_, D) -> [[D], 1] end, [], lists:seq(1, 300000)),
    _ = lists:flatten(D), _ = iolist_size(D), _ = D == D, _ = D < [D], _ = erlang:phash2(D), _ = erlang:external_size(D), ok.
