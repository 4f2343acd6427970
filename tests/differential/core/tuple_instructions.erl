%% SPDX-License-Identifier: Apache-2.0
%% Building, reading and updating tuples.
-module(tuple_instructions).
-export([main/0, id/1]).

main() ->
    A = id(1), B = id(two), C = id([3]),
    T = {A, B, C, {A, {B}}},
    io:format("~p~n", [T]),
    io:format("~p~n", [element(id(2), T)]),
    T2 = setelement(4, setelement(2, setelement(1, T, x), y), z),
    io:format("~p ~p~n", [T, T2]),
    {X, _, [Y | Z], {_, {W}}} = T,
    io:format("~p~n", [{X, Y, Z, W}]),
    io:format("~p~n", [erlang:append_element(T2, last)]),
    io:format("~p~n", [erlang:delete_element(2, T2)]),
    io:format("~p~n", [erlang:insert_element(1, T2, first)]),
    io:format("~p~n", [erlang:insert_element(5, T2, fifth)]),
    io:format("~p~n", [[tagged(V) || V <- [{ok, 1}, {ok}, {error, 2}, ok, {ok, 1, 2}, []]]]),
    Big = list_to_tuple(lists:seq(1, 5000)),
    Big2 = setelement(2500, Big, middle),
    io:format("~p ~p ~p~n", [tuple_size(Big2), element(2500, Big2), element(2501, Big2)]),
    io:format("~p~n", [erlang:phash2(Big2)]).

tagged({ok, V}) -> {yes, V};
tagged({error, V}) -> {no, V};
tagged(_) -> neither.

%% Hides a value from the compiler.
id(X) -> X.
