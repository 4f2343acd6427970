%% SPDX-License-Identifier: Apache-2.0
%% Closures with zero to many free variables, nested closures, recursion by name.
-module(fun_closures).
-export([main/0, id/1]).

main() ->
    A = id(1), B = id(b), C = id("c"), D = id({d}), E = id(5.5), F = id(<<"f">>), G = id(#{g => 1}),
    F0 = fun() -> none end,
    F7 = fun(X) -> {X, A, B, C, D, E, F, G} end,
    io:format("~p ~p~n", [F0(), F7(x)]),
    Adders = [fun(X) -> X + N end || N <- [1, 10, 100]],
    io:format("~p~n", [[Add(5) || Add <- Adders]]),
    Compose = fun(P, Q) -> fun(X) -> P(Q(X)) end end,
    io:format("~p~n", [(lists:foldl(Compose, fun(X) -> X end, Adders))(0)]),
    Fact = fun Self(0) -> 1; Self(N) -> N * Self(N - 1) end,
    io:format("~p~n", [Fact(20)]),
    Curry = fun(X) -> fun(Y) -> fun(Z) -> [X, Y, Z, A] end end end,
    io:format("~p~n", [((Curry(1))(2))(3)]),
    {Get, Set} = cell(7),
    Set(8),
    io:format("~p~n", [Get()]),
    io:format("~p~n", [[is_function(F7), is_function(F7, 1), is_function(F7, 2), is_function(x)]]),
    io:format("~p~n", [(fun lists:map/2)(fun erlang:abs/1, [-1, 2, -3])]),
    io:format("~p~n", [lists:map(fun local/1, [1, 2])]),
    Ext = fun(M, N) -> fun M:N/1 end,
    io:format("~p~n", [(Ext(lists, reverse))([1, 2, 3])]),
    io:format("~p~n", [fun lists:map/2]),
    io:format("~p~n", [fun lists:map/2 =:= Ext2 || Ext2 <- [erlang:make_fun(lists, map, 2)]]).

local(X) -> {local, X}.

cell(V) ->
    put(cell, V),
    {fun() -> get(cell) end, fun(N) -> put(cell, N) end}.

%% Hides a value from the compiler.
id(X) -> X.
