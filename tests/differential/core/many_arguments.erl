%% SPDX-License-Identifier: Apache-2.0
%% Functions of up to 255 arguments, and more live values than byte-sized registers hold.
-module(many_arguments).
-export([main/0, id/1]).
-export([f20/20]).

main() ->
    io:format("~p~n", [f20(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)]),
    io:format("~p~n", [apply(?MODULE, f20, lists:seq(101, 120))]),
    F = fun(A, B, C, D, E, F1, G, H, I, J, K, L, M, N, O) -> [O, N, M, L, K, J, I, H, G, F1, E, D, C, B, A] end,
    io:format("~p~n", [apply(F, lists:seq(1, 15))]),
    io:format("~p~n", [catch apply(F, lists:seq(1, 14))]),
    io:format("~p~n", [catch apply(?MODULE, f20, lists:seq(1, 255))]),
    io:format("~p~n", [element(1, element(2, catch apply(?MODULE, f20, lists:seq(1, 256))))]),
    io:format("~p~n", [element(1, element(2, catch apply(F, lists:seq(1, 256))))]),
    io:format("~p~n", [erlang:phash2(wide(id(1)))]).

f20(A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, A18, A19, A20) ->
    {A20, A19, A18, A17, A16, A15, A14, A13, A12, A11, A10, A9, A8, A7, A6, A5, A4, A3, A2, A1}.

-define(T(X), id(X), id(X + 1), id(X + 2), id(X + 3), id(X + 4), id(X + 5), id(X + 6), id(X + 7)).
-define(U(X), ?T(X), ?T(X * 10), ?T(X * 100), ?T(X * 1000), ?T(X * 7), ?T(X * 70), ?T(X * 700)).
wide(X) -> {?U(X), ?U(X + 1), ?U(X + 2), ?U(X + 3), ?U(X + 4), ?U(X + 5)}.

%% Hides a value from the compiler.
id(X) -> X.
