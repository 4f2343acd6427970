% SPDX-License-Identifier: Apache-2.0
% Arithmetic and texts of integers around the sizes at which the engine changes its algorithms.
-module(long_integers).
-export([main/0]).
%% identities at many sizes, printed as hashes
main() ->
    Ns = [511, 512, 513, 1023, 1025, 2049, 4097, 9000],
    [one(N) || N <- Ns], ok.
rnd(0, A) -> A;
rnd(N, A) -> rnd(N - 1, (A bsl 64) bor erlang:phash2({N, A band 16#ffff}, 16#ffffffff) * 16#100000001).
one(N) ->
    A = rnd(N, 1), B = rnd(N div 2 + 3, 7), C = rnd(3, 5),
    io:format("~p ~p ~p ~p ~p ~p ~p ~p~n", [N, erlang:phash2(A * B), erlang:phash2(A * A), erlang:phash2(A div B),
        erlang:phash2(A rem B), erlang:phash2(-A * C), erlang:phash2((-A) rem C), (A * B) div B =:= A]),
    case N < 2100 of true ->
      T = integer_to_binary(A), io:format("~p ~p ~p~n", [byte_size(T), erlang:md5(T), binary_to_integer(T) =:= A]),
      T7 = integer_to_list(-A, 7), io:format("~p ~p~n", [erlang:phash2(T7), list_to_integer(T7, 7) =:= -A]),
      T16 = integer_to_binary(A, 16), io:format("~p ~p~n", [erlang:md5(T16), binary_to_integer(T16, 16) =:= A]);
      false -> ok end,
    io:format("~p ~p ~p ~p~n", [erlang:phash2(A band -B), erlang:phash2(A bxor B), erlang:phash2((-A) bsr 77), erlang:phash2(A bsl 133)]),
    io:format("~p ~p~n", [erlang:phash2(A - B), erlang:phash2(A + B)]).
