%% SPDX-License-Identifier: Apache-2.0
%% Binaries grown by appending, shared between versions, and cut into parts.
-module(binary_updates_in_loops).
-export([main/0]).

main() ->
    B = grow(10000, <<>>),
    io:format("~p ~p~n", [byte_size(B), erlang:phash2(B)]),
    A = <<"base">>,
    X = <<A/binary, "one">>,
    Y = <<A/binary, "two">>,
    Z = <<X/binary, "three">>,
    W = <<X/binary, "four">>,
    io:format("~p~n", [[A, X, Y, Z, W]]),
    io:format("~p~n", [fork(<<>>, 5)]),
    io:format("~p~n", [bits(20, <<>>)]),
    io:format("~p~n", [split(<<"a,bc,,def,">>, <<>>, [])]),
    Parts = [binary:part(B, P, 100) || P <- lists:seq(0, 9000, 1000)],
    io:format("~p~n", [erlang:phash2(Parts)]).

grow(0, B) -> B;
grow(N, B) -> grow(N - 1, <<B/binary, (N rem 256), "xy">>).

fork(B, 0) -> [B];
fork(B, N) -> fork(<<B/binary, 0>>, N - 1) ++ [<<B/binary, N>>].

bits(0, B) -> B;
bits(N, B) -> bits(N - 1, <<B/bits, N:3>>).

split(<<",", R/binary>>, W, Acc) -> split(R, <<>>, [W | Acc]);
split(<<C, R/binary>>, W, Acc) -> split(R, <<W/binary, C>>, Acc);
split(<<>>, W, Acc) -> lists:reverse([W | Acc]).
