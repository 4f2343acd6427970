%% SPDX-License-Identifier: Apache-2.0
%% What building raises: reason, stack trace and error_info, and which fault is named
%% when there are several.
-module(errors).
-export([main/0, id/1]).

id(X) -> X.

show(F) ->
    Result = try F()
             catch C:R:S ->
                     [{M, N, A, Info} | _] = S,
                     {C, R, M, is_atom(N), A, lists:keydelete(file, 1, Info)}
             end,
    io:format("~p~n", [Result]).

main() ->
    Big = 1 bsl 70,
    [show(fun() -> <<(id(X)):8>> end) || X <- [a, 1.0, "a", <<1>>, {}, #{}]],
    [show(fun() -> <<1, (id(X)):0>> end) || X <- [a, 1.0, 1]],
    [show(fun() -> <<1, 5:3, (id(X)):70/little>> end) || X <- [a, 1.5, -7]],
    [show(fun() -> <<7:7, (id(1)):(id(S))>> end) || S <- [0, 9, -1, a, 1.0, "a", Big, -Big, 1 bsl 62, 1 bsl 59]],
    [show(fun() -> <<7:7, (id(1)):(id(S))/unit:256>> end) || S <- [1, -1, 1 bsl 57, 1 bsl 58, (1 bsl 59) - 1]],
    [show(fun() -> <<(id(X)):(id(S))>> end) || X <- [a, 1], S <- [0, 1, -1, b]],
    [show(fun() -> <<1, (id(X))/float>> end) || X <- [a, <<>>, 1 bsl 1024, -(1 bsl 2000), 3]],
    [show(fun() -> <<1, (id(X)):32/float>> end) || X <- [a, 1 bsl 1024, 1 bsl 300]],
    [show(fun() -> <<1, (id(X)):(id(S))/float>> end) || X <- [1.0, a, 1], S <- [0, 8, 15, 16, 32, 63, 64, 65, -1, a, Big]],
    [show(fun() -> <<1, (id(X)):(id(S))/float-unit:8>> end) || X <- [1.0, a], S <- [0, 1, 2, 3, 4, 8, 9]],
    [show(fun() -> <<1, (id(X))/binary>> end) || X <- [a, 1, [1], <<1:7>>, <<1:9>>, <<>>, <<2>>]],
    [show(fun() -> <<1, (id(X))/binary-unit:16>> end) || X <- [<<1>>, <<1, 2>>, <<1:3>>, a]],
    [show(fun() -> <<1, (id(X))/bits>> end) || X <- [<<1:3>>, a, 1]],
    [show(fun() -> <<1, (id(X)):3/binary>> end) || X <- [<<1, 2>>, <<1, 2, 3>>, <<1, 2, 3, 4>>, <<1:23>>, a]],
    [show(fun() -> <<1, (id(X)):(id(S))/binary>> end) || X <- [<<1, 2, 3>>, a], S <- [0, 1, 4, -1, a, Big, -Big, 1 bsl 61]],
    [show(fun() -> <<1, (id(X)):(id(S))/bits>> end) || X <- [<<1, 2, 3>>], S <- [0, 24, 25, 1.0]],
    [show(fun() -> <<(id(X))/binary, 1>> end) || X <- [a, <<1:7>>, <<1>>, 1 bsl 70, []]],
    [show(fun() -> <<(id(X))/binary-unit:3, 1>> end) || X <- [<<1:3>>, <<1:4>>, a]],
    [show(fun() -> <<(id(X)):2/binary, 1>> end) || X <- [a, <<1>>, <<1, 2>>, <<1, 2, 3>>]],
    [show(fun() -> <<(id(C))/utf8, (id(C))/utf16, (id(C))/utf32>> end) || C <- [a, -1, 16#D800, 16#110000, Big, 65, "a"]],
    [show(fun() -> <<(id(C))/utf8, (id(C))/utf16>> end) || C <- [a, -1, 16#D800, 16#110000, Big, 65]],
    [show(fun() -> <<(id(C))/utf16-little, (id(C)):7>> end) || C <- [a, -1, 16#D800, 16#110000, Big, 65]],
    %% Sizes come before values, in order; values in order.
    show(fun() -> <<(id(a)):8, (id(b)):8>> end),
    show(fun() -> <<(id(a)):8, 1:(id(-1))>> end),
    show(fun() -> <<(id(a)):8, (id(b))/binary>> end),
    show(fun() -> <<(id(a)):8, (id(b))/utf8>> end),
    show(fun() -> <<(id(a)):8, (id(b))/utf32>> end),
    show(fun() -> <<(id(a))/utf32, 1:(id(-1))>> end),
    show(fun() -> <<(id(<<1:1>>))/binary, (id(a)):8>> end),
    show(fun() -> <<(id(<<1:1>>))/binary, (id(a)):(id(-1))>> end),
    show(fun() -> <<(id(<<1:1>>))/binary, (id(a))/float>> end),
    show(fun() -> <<(id(a))/binary, 1:(id(-1))>> end),
    show(fun() -> <<(id(a))/binary, (id(b))/binary>> end),
    show(fun() -> <<1, (id(<<1:1>>))/binary, (id(b))/binary>> end),
    show(fun() -> <<1, (id(<<1:1>>))/binary, (id(b)):8>> end),
    show(fun() -> <<1, (id(<<>>)):1/binary, (id(b)):8>> end),
    show(fun() -> <<"abc", (id(1)):8, "def", (id(b)):8>> end),
    show(fun() -> << <<(id(X)):8>> || X <- [1, 2, a] >> end),
    show(fun() -> << <<1:(id(X))>> || X <- [1, 2, -1] >> end),
    show(fun() -> << <<X/binary>> || X <- [<<1>>, <<1:1>>] >> end),
    show(fun() -> << <<X/bits>> || X <- [<<1>>, <<1:1>>, a] >> end),
    show(fun() -> << <<X/utf8>> || X <- [65, -1] >> end),
    show(fun() -> << X || X <- [<<1>>, b] >> end),
    guards(),
    caught().

%% In a guard a fault is false.
guards() ->
    F = fun(X, S) when <<X:S>> =:= <<1>> -> one;
           (X, _) when <<X/binary, 1>> =:= <<1>> -> two;
           (X, _) when <<X/utf8>> =:= <<"a">> -> three;
           (_, _) -> none
        end,
    io:format("~p~n", [[F(X, S) || {X, S} <- [{1, 8}, {1, a}, {a, 8}, {<<>>, 1}, {$a, 3}, {1, -1}, {1, 1 bsl 70}, {16#D800, x}]]]).

caught() ->
    io:format("~p~n", [try <<(id(a)):8>> of _ -> no catch error:badarg:S -> lists:sublist([{M, F, A} || {M, F, A, _} <- S], 1) end]),
    {'EXIT', {R, [{M, F, A, [_, {line, _} | Info]} | _]}} = (catch <<(id(a)):8, 3>>),
    io:format("~p~n", [{R, M, F, A, Info}]),
    {P, Ref} = spawn_monitor(fun() -> process_flag(trap_exit, true), exit(catch <<1:(id(-1))>>) end),
    receive {'DOWN', Ref, process, P, {'EXIT', {Why, [T | _]}}} -> io:format("~p~n", [{Why, element(1, T)}]) end.
