%% SPDX-License-Identifier: Apache-2.0
%% Comprehensions over and into bit strings.
-module(comprehension).
-export([main/0]).

main() ->
    B = << <<X:16>> || X <- lists:seq(1, 1000) >>,
    io:format("~p ~p~n", [byte_size(B), erlang:phash2(B)]),
    io:format("~p~n", [[X || <<X>> <= <<1, 2, 3, 4:4>>]]),
    io:format("~p~n", [[X || <<X:3>> <= <<1, 2, 3, 4:4>>]]),
    io:format("~p~n", [[{X, Y} || <<X:3, Y:5/little-signed>> <= <<1, 2, 3, 255>>]]),
    io:format("~p~n", [[X || <<X:4, 1:4>> <= <<16#11, 16#22, 16#31, 16#41>>]]),
    io:format("~p~n", [[X || <<X/float>> <= <<1.0/float, 16#7FF0000000000000:64, 2.0/float>>]]),
    io:format("~p~n", [[X || <<N, X:N/binary>> <= <<2, "ab", 0, 3, "cde", 5, "xy">>]]),
    io:format("~p~n", [<< <<Y:4, X:4>> || <<X:4, Y:4>> <= <<"hello">> >>]),
    io:format("~p~n", [<< <<X:1>> || X <- [1, 0, 1, 1, 0] >>]),
    io:format("~p~n", [<< <<X:N>> || X <- [1, 2, 3], N <- [0, 1, 5, 9] >>]),
    io:format("~p~n", [<< <<X/bits, 1:1>> || X <- [<<>>, <<1:3>>, <<"ab">>] >>]),
    io:format("~p~n", [<< <<C/utf8>> || <<C/utf16>> <= <<"åß😀x"/utf16>> >>]),
    io:format("~p~n", [<< <<X>> || <<X>> <= <<"a b c">>, X =/= $\s >>]),
    io:format("~p~n", [<< <<X, Y>> || <<X>> <= <<"abc">>, <<Y>> <= <<"12">> >>]),
    io:format("~p~n", [<< <<X:7>> || <<X:7>> <= << <<Y:7>> || Y <- lists:seq(0, 127) >> >> =:= << <<Y:7>> || Y <- lists:seq(0, 127) >>]),
    io:format("~p~n", [[<< <<X>> || <<X>> <= P, X > 1 >> || P <- [<<>>, <<1>>, <<1, 2>>, <<3:3>>]]]),
    io:format("~p~n", [<< X || X <- [<<1>>, <<2:2>>, <<>>, <<3>>] >>]),
    Bits = << <<(X rem 2):1>> || X <- lists:seq(1, 10000) >>,
    io:format("~p ~p~n", [bit_size(Bits), erlang:phash2(Bits)]),
    io:format("~p~n", [length([ok || <<1:1>> <= Bits])]),
    io:format("~p~n", [erlang:phash2([R || <<_:9, R:4/bits>> <= Bits])]),
    W = << <<Q:16>> || Q <- lists:seq(1, 1000) >>,
    io:format("~p~n", [binary:referenced_byte_size(W)]),
    io:format("~p~n", [try [X || <<X>> <= not_a_binary] catch C:R -> {C, R} end]),
    io:format("~p~n", [erlang:md5(<< <<(erlang:phash2(<<X:N/little>>)):32>> || X <- [1, 77, 1 bsl 66], N <- lists:seq(0, 99) >>)]).
