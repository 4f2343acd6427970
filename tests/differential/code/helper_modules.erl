%% SPDX-License-Identifier: Apache-2.0
%% Calls between the modules of one program, in cycles, with behaviours and funs.
-module(helper_modules).
-export([main/0]).
-export([back/1]).

main() ->
    io:format("~p~n", [hm_a:start(5)]),
    io:format("~p~n", [hm_b:even(1001)]),
    io:format("~p~n", [(hm_a:adder(3))(4)]),
    io:format("~p~n", [lists:map(fun hm_b:twice/1, [1, 2])]),
    io:format("~p~n", [[M:name() || M <- [hm_a, hm_b]]]),
    io:format("~p~n", [hm_a:call_main(?MODULE)]),
    io:format("~p~n", [try hm_b:fail(1) catch error:R:S -> {R, [{M, F} || {M, F, _, _} <- S, M =:= hm_b orelse M =:= hm_a]} end]).

back(X) -> {back, X}.
