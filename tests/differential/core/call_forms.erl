%% SPDX-License-Identifier: Apache-2.0
%% Every form of call: local, external, tail, apply with fixed and unknown arity.
-module(call_forms).
-export([main/0, id/1]).
-export([a0/0, a1/1, a2/2, a3/3, a7/7]).

main() ->
    M = id(?MODULE), F = id(a2),
    io:format("~p~n", [a0()]),
    io:format("~p~n", [?MODULE:a1(x)]),
    io:format("~p~n", [M:a0()]),
    io:format("~p~n", [M:F(1, 2)]),
    io:format("~p~n", [M:a3(1, 2, 3)]),
    io:format("~p~n", [apply(M, F, [1, 2])]),
    io:format("~p~n", [apply(fun ?MODULE:a3/3, [1, 2, 3])]),
    io:format("~p~n", [apply(M, id(a7), id([1, 2, 3, 4, 5, 6, 7]))]),
    io:format("~p~n", [erlang:apply(lists, reverse, [[1, 2, 3]])]),
    io:format("~p~n", [tail_apply(M, F)]),
    io:format("~p~n", [tail_apply_list(M, a1, [q])]),
    io:format("~p~n", [apply(erlang, '+', [1, 2])]),
    io:format("~p~n", [apply(erlang, id(element), [2, {a, b}])]),
    io:format("~p~n", [apply(erlang, apply, [erlang, apply, [erlang, max, [1, 2]]])]),
    io:format("~p~n", [(id(erlang)):(id(list_to_tuple))([1, 2])]).

a0() -> zero.
a1(A) -> [A].
a2(A, B) -> {A, B}.
a3(A, B, C) -> {C, B, A}.
a7(A, B, C, D, E, F, G) -> [G, F, E, D, C, B, A].

tail_apply(M, F) -> M:F(tail, apply).
tail_apply_list(M, F, A) -> apply(M, F, A).

%% Hides a value from the compiler.
id(X) -> X.
