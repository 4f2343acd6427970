%% SPDX-License-Identifier: Apache-2.0
%% Guards after binary patterns, and sizes bound in the pattern.
-module(guard_bits).
-export([main/0]).

main() ->
    io:format("~p~n", [[f(B) || B <- [<<>>, <<1>>, <<2, 3, 4>>, <<3, 1, 2, 3>>, <<200, 1>>, <<5:4>>, <<"HTTP/1.1">>, x]]]).

f(<<N, R/binary>>) when byte_size(R) =:= N -> {exact, R};
f(<<N, R/binary>>) when N > 100 -> {large, byte_size(R)};
f(<<N, A:N/unit:8, R/bits>>) when A > 0 -> {sized, A, R};
f(<<"HTTP/", V:3/binary>>) when V >= <<"1.1">> -> {http, V};
f(B) when bit_size(B) < 8 -> short;
f(B) when is_binary(B) -> binary;
f(_) -> none.
