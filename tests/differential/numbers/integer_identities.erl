%% SPDX-License-Identifier: Apache-2.0
%% Identities of arithmetic over pseudo-random integers of many sizes.
-module(integer_identities).
-export([main/0]).

main() ->
    Xs = rnd(42, 60),
    Bad = [{A, B} || A <- Xs, B <- Xs, not laws(A, B)],
    io:format("~p~n", [Bad]),
    io:format("~p~n", [erlang:phash2([{A + B, A * B, A - B, A band B} || A <- Xs, B <- Xs])]),
    io:format("~p~n", [erlang:phash2([{A div B, A rem B} || A <- Xs, B <- Xs, B =/= 0])]),
    io:format("~p~n", [lists:sum(Xs)]).

laws(A, B) ->
    (A + B) - B =:= A andalso (A - B) + B =:= A andalso A * B =:= B * A andalso
    (A + B) * (A - B) =:= A * A - B * B andalso
    (B =:= 0 orelse (A div B) * B + A rem B =:= A) andalso
    (A bxor B) bxor B =:= A andalso (A band B) + (A bor B) =:= A + B andalso bnot A =:= -A - 1 andalso
    list_to_integer(integer_to_list(A)) =:= A andalso
    binary_to_integer(integer_to_binary(A, 36), 36) =:= A andalso
    (A bsl 17) bsr 17 =:= A andalso binary_to_term(term_to_binary(A)) =:= A andalso
    (A < B) =:= (A - B < 0).

rnd(_, 0) -> [];
rnd(X, N) ->
    Y = (X * 6364136223846793005 + 1442695040888963407) band 16#ffffffffffffffff,
    V = (Y * Y * Y) bsr ((N * 7) rem 180),
    [if Y band 16 =:= 0 -> -V; true -> V end | rnd(Y, N - 1)].
