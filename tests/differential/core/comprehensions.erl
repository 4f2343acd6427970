%% SPDX-License-Identifier: Apache-2.0
%% List and binary comprehensions with several generators and filters.
-module(comprehensions).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [[{X, Y} || X <- [1, 2, 3], Y <- [a, b]]]),
    io:format("~p~n", [[{X, Y} || X <- lists:seq(1, 6), X rem 2 =:= 0, Y <- lists:seq(X, 6), X + Y > 7]]),
    io:format("~p~n", [[X || {ok, X} <- [{ok, 1}, error, {ok, 2}, {error, 3}, {ok, 4}]]]),
    io:format("~p~n", [[X || X <- [1, a, 2.5, "s", {}, []], is_number(X) orelse X =:= a]]),
    io:format("~p~n", [[X * 2 || <<X:4>> <= <<16#12345678:32>>]]),
    io:format("~p~n", [<< <<(X * 2):8>> || X <- [1, 2, 3] >>]),
    io:format("~p~n", [<< <<X:3>> || <<X:8>> <= <<1, 2, 3, 4, 5>>, X =/= 3 >>]),
    io:format("~p~n", [[{A, B} || <<A:2/binary, B>> <= <<"abcdefgh">>]]),
    io:format("~p~n", [[[Y || Y <- lists:seq(1, X)] || X <- lists:seq(0, 3)]]),
    io:format("~p~n", [[X || X <- [true, false, true], X]]),
    io:format("~p~n", [t(fun() -> [X || X <- id([1, 2 | 3])] end)]),
    io:format("~p~n", [t(fun() -> [X || X <- id(not_a_list)] end)]),
    io:format("~p~n", [t(fun() -> [X || <<X>> <= id(not_a_binary)] end)]),
    io:format("~p~n", [t(fun() -> [1 || X <- [1, 2], id(X)] end)]),
    io:format("~p~n", [t(fun() -> << <<X>> || X <- [1, a] >> end)]),
    io:format("~p~n", [[C || [C | _] <- ["abc", "", "def", x]]]),
    io:format("~p~n", [[{C, D, A, B} || A <- [1, 2], B <- [A, 3], C <- [B], D <- [A + B + C], D > 4]]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
