% SPDX-License-Identifier: Apache-2.0
%% Funs in funs in funs, compared, hashed, printed and sent.
% hostile: more 23
% verdict: done or killed or deadline
% limits: deadline=3s
-module(fun_nested).
-export([main/0]).

main() ->
    F = lists:foldl(fun(_, G) -> fun() -> G end end, x, lists:seq(1, 200000)),
    G = lists:foldl(fun(_, G) -> fun() -> G end end, x, lists:seq(1, 200000)),
    _ = F == G, _ = F < G, _ = erlang:phash2(F), self() ! F, _ = term_to_binary(F), _ = io_lib:format("~w", [F]), put(F, 1),
    ok.
