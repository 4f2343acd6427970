%% SPDX-License-Identifier: Apache-2.0
%% Big integers in patterns, guards, keys and as bits.
-module(big_literals_and_patterns).
-export([main/0]).

main() ->
    io:format("~p~n", [[f(X) || X <- [1 bsl 64, 1 bsl 65, -(1 bsl 64), 123456789012345678901234567890, 0]]]),
    io:format("~p~n", [<<(1 bsl 100):128>>]),
    io:format("~p~n", [<<(-(1 bsl 100)):128/little>>]),
    <<X:100, _:28>> = <<255:100, 1:28>>,
    <<Y:200/signed>> = <<-1:200>>,
    <<Z:200/little>> = <<16#0102030405:200/little>>,
    <<W:72/signed-little>> = <<255, 255, 255, 255, 255, 255, 255, 255, 127>>,
    io:format("~p~n", [{X, Y, Z, W}]),
    io:format("~p~n", [<<(1 bsl 64 + 5):8>>]),
    io:format("~p~n", [<<-1:7, 0:1>>]).

f(18446744073709551616) -> 'two^64';
f(X) when X > 123456789012345678901234567889, X < 123456789012345678901234567891 -> digits;
f(X) when X > 18446744073709551616 -> greater;
f(X) when X < -1 bsl 63 -> negative;
f(_) -> small.
