%% SPDX-License-Identifier: Apache-2.0
%% The last ten versions of a module are kept; the same bytes are one version.
%% expect: [1,2,3]
%% expect: 3
%% expect: ok
%% expect: {1,[true,false,false]}
%% expect: {error,not_purged}
%% expect: {error,not_found}
%% expect: [1,2,3]
%% expect: 10
%% expect: [11,12,13,14,15,16,17,18,19,20]
%% expect: []
-module(versions_can_be_rolled_back).
-export([main/0]).

main() ->
    [load(N) || N <- [1, 2, 3]],
    io:format("~p~n", [numbers()]),
    io:format("~p~n", [vrb:value()]),
    code:purge(vrb),
    io:format("~p~n", [apex_host:rollback(vrb, 1)]),
    io:format("~p~n", [{vrb:value(), [C || {_, _, _, _, C} <- apex_host:history(vrb)]}]),
    io:format("~p~n", [apex_host:rollback(vrb, 2)]),
    io:format("~p~n", [apex_host:rollback(vrb, 99)]),
    load(3),
    io:format("~p~n", [numbers()]),
    [load(N) || N <- lists:seq(4, 20)],
    io:format("~p~n", [length(numbers())]),
    io:format("~p~n", [numbers()]),
    code:purge(vrb), code:delete(vrb), code:purge(vrb),
    io:format("~p~n", [numbers()]).

numbers() -> [N || {N, _, _, _, _} <- apex_host:history(vrb)].

load(Value) ->
    {ok, vrb, Bin} = compile:forms([{attribute, 1, module, vrb}, {attribute, 1, export, [{value, 0}]},
                                    {function, 1, value, 0, [{clause, 1, [], [], [{integer, 1, Value}]}]}], []),
    {module, vrb} = code:load_binary(vrb, "vrb.beam", Bin).
