% SPDX-License-Identifier: Apache-2.0
%% The parser gets an expression of a hundred thousand brackets.
% hostile: 58
% verdict: done or deadline or killed
% limits: deadline=4s
-module(parse_deep).
-export([main/0]).

main() ->
    N = 100000,
    {ok, Tokens, _} = erl_scan:string(lists:duplicate(N, $[) ++ lists:duplicate(N, $]) ++ "."),
    _ = erl_parse:parse_exprs(Tokens),
    ok.
