%% SPDX-License-Identifier: Apache-2.0
%% Equality, order, printing and information of funs.
-module(fun_identity).
-export([main/0, id/1]).
-export([exported/1]).

main() ->
    X = id(1),
    F = fun(A) -> A + X end,
    io:format("~p~n", [F =:= F]),
    io:format("~p~n", [make(1) =:= make(1)]),
    io:format("~p~n", [make(1) =:= make(2)]),
    io:format("~p~n", [make(1) < make(2)]),
    io:format("~p~n", [[erlang:fun_info(F, I) || I <- [module, arity, env, type, name, index]]]),
    io:format("~p~n", [[erlang:fun_info(fun exported/1, I) || I <- [module, arity, env, type]]]),
    io:format("~p~n", [[erlang:fun_info(fun ?MODULE:exported/1, I) || I <- [module, name, arity, env, type]]]),
    io:format("~p~n", [erlang:fun_info(fun lists:map/2)]),
    io:format("~w~n", [fun ?MODULE:exported/1]),
    io:format("~p~n", [fun erlang:'+'/2 < fun lists:map/2]),
    io:format("~p~n", [[K || {K, _} <- erlang:fun_info(F)]]),
    io:format("~p~n", [element(2, erlang:fun_info(fun exported/1, name))]),
    io:format("~p~n", [#{make(1) => a, make(2) => b} =:= #{make(2) => b, make(1) => a}]),
    io:format("~p~n", [fun erlang:fun_to_list/1(fun lists:map/2)]),
    io:format("~p~n", [t(fun() -> erlang:fun_info(F, nothing) end)]),
    io:format("~p~n", [t(fun() -> erlang:fun_info(id(not_a_fun), arity) end)]),
    io:format("~p~n", [erlang:fun_info_mfa(make(1))]).

make(N) -> fun(A) -> A + N end.
exported(A) -> A.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
