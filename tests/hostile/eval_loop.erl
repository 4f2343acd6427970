% SPDX-License-Identifier: Apache-2.0
%% An evaluated function that calls itself for ever.
% hostile: 58 78
% verdict: deadline or killed or limit memory
% limits: deadline=1s
-module(eval_loop).
-export([main/0]).

main() ->
    {ok, Tokens, _} = erl_scan:string("F = fun G(N) -> [G(N + 1), N] end, F(0)."),
    {ok, Exprs} = erl_parse:parse_exprs(Tokens),
    erl_eval:exprs(Exprs, []).
