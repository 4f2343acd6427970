%% SPDX-License-Identifier: Apache-2.0
%% Integers to text and back in all radices.
-module(radix_conversion).
-export([main/0]).

main() ->
    Xs = [0, 1, -1, 35, 36, 255, -255, 1 bsl 32, -(1 bsl 63), 1 bsl 64, 1 bsl 200, -(1 bsl 200) + 1],
    [io:format("~w ~s~n", [R, lists:join(" ", [integer_to_list(X, R) || X <- Xs])]) || R <- [2, 3, 8, 10, 16, 35, 36]],
    io:format("~p~n", [[X =:= list_to_integer(integer_to_list(X, R), R) || X <- Xs, R <- lists:seq(2, 36)] -- [true || _ <- Xs, _ <- lists:seq(2, 36)]]),
    io:format("~p~n", [[t(fun() -> list_to_integer(S, R) end) || {S, R} <- [{"ff", 16}, {"FF", 16}, {"+7", 10}, {"-0", 10}, {"zz", 36}, {"12", 2}, {"", 10}, {"-", 10}, {" 1", 10}, {"1 ", 10}, {"1_0", 10}, {"1", 1}, {"1", 37}]]]),
    io:format("~p~n", [[t(fun() -> binary_to_integer(S) end) || S <- [<<"0012">>, <<"+5">>, <<"--5">>, <<>>, <<"1.0">>, <<"99999999999999999999999">>]]]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
