%% SPDX-License-Identifier: Apache-2.0
%% A closure over forty variables, passed through calls, messages and the collector.
-module(fun_many_free).
-export([main/0, id/1]).

main() ->
    [A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20] =
        id([{N, lists:seq(1, N)} || N <- lists:seq(1, 20)]),
    [B1, B2, B3, B4, B5, B6, B7, B8, B9, B10, B11, B12, B13, B14, B15, B16, B17, B18, B19, B20] =
        id([<<N:(N * 8)>> || N <- lists:seq(1, 20)]),
    F = fun(X, Y) ->
        [X, A1, B1, A2, B2, A3, B3, A4, B4, A5, B5, A6, B6, A7, B7, A8, B8, A9, B9, A10, B10,
         A11, B11, A12, B12, A13, B13, A14, B14, A15, B15, A16, B16, A17, B17, A18, B18, A19, B19,
         A20, B20, Y]
    end,
    erlang:garbage_collect(),
    io:format("~p~n", [erlang:phash2(F(x, y))]),
    Self = self(),
    spawn(fun() -> Self ! {result, erlang:phash2(F(x, y)), F} end),
    receive
        {result, H, G} ->
            io:format("~p ~p ~p~n", [H, G =:= F, length(G(1, 2))])
    end,
    {env, Env} = erlang:fun_info(F, env),
    io:format("~p~n", [length(Env)]).

%% Hides a value from the compiler.
id(X) -> X.
