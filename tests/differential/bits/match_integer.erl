%% SPDX-License-Identifier: Apache-2.0
%% Integer segments of every width, alignment, byte order and sign are matched, with
%% sizes that the compiler knows and sizes that it does not.
-module(match_integer).
-export([main/0]).

-define(C(N),
        known(N, O, B) ->
               case B of
                   <<_:O, U:N/big-unsigned, L:N/little-unsigned, S:N/big-signed, T:N/little-signed,
                     V:N/native, R/bits>> -> {U, L, S, T, V, bit_size(R)};
                   _ -> short
               end).

?C(0); ?C(1); ?C(2); ?C(3); ?C(4); ?C(5); ?C(6); ?C(7); ?C(8); ?C(9); ?C(10); ?C(11); ?C(12);
?C(13); ?C(14); ?C(15); ?C(16); ?C(17); ?C(18); ?C(19); ?C(20); ?C(21); ?C(22); ?C(23); ?C(24);
?C(25); ?C(26); ?C(27); ?C(28); ?C(29); ?C(30); ?C(31); ?C(32); ?C(33); ?C(34); ?C(35); ?C(36);
?C(37); ?C(38); ?C(39); ?C(40); ?C(41); ?C(42); ?C(43); ?C(44); ?C(45); ?C(46); ?C(47); ?C(48);
?C(49); ?C(50); ?C(51); ?C(52); ?C(53); ?C(54); ?C(55); ?C(56); ?C(57); ?C(58); ?C(59); ?C(60);
?C(61); ?C(62); ?C(63); ?C(64); ?C(65); ?C(66); ?C(67); ?C(68); ?C(69); ?C(70); ?C(127); ?C(128);
?C(129); ?C(191); ?C(192); ?C(193); ?C(512); ?C(1000).

any(N, O, B) ->
    case B of
        <<_:O, U:N/big-unsigned, L:N/little-unsigned, S:N/big-signed, T:N/little-signed,
          V:N/native, R/bits>> -> {U, L, S, T, V, bit_size(R)};
        _ -> short
    end.

sizes() -> lists:seq(0, 70) ++ [127, 128, 129, 191, 192, 193, 512, 1000].

%% The same bytes every time, of every kind: random, all ones, all zeros, high bits.
bytes() ->
    [<< <<(X * 167 + X * X * 13 + (X bsr 3)):8>> || X <- lists:seq(1, 700) >>,
     binary:copy(<<255>>, 700), binary:copy(<<0>>, 700), binary:copy(<<16#80, 0, 0>>, 240),
     binary:copy(<<16#80, 1>>, 20), <<1, 2, 3, 4, 5, 6, 7, 8, 9>>, <<>>].

%% A binary that does not begin at a byte.
shifted(B, N) -> <<_:N, R/bits>> = <<5:N, B/bits>>, R.

main() ->
    [begin
         Known = [known(N, O, shifted(B, Sh)) || B <- bytes(), O <- [0, 1, 3, 7, 8, 9], Sh <- [0, 5]],
         Any = [any(N, O, shifted(B, Sh)) || B <- bytes(), O <- [0, 1, 3, 7, 8, 9], Sh <- [0, 5]],
         io:format("~p ~p ~p~n", [N, erlang:phash2(Known), Known =:= Any])
     end || N <- sizes()],
    [io:format("~p ~p~n", [N, known(N, 3, hd(bytes()))]) || N <- [0, 1, 7, 8, 9, 16, 31, 58, 59, 60, 61, 63, 64, 65, 128]],
    units(<<1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12>>),
    odd_sizes(<<1, 2, 3>>),
    bounds().

units(B) ->
    [io:format("~p ~p~n", [N, case B of <<X:N/unit:7, Y:N/little-signed-unit:9, _/bits>> -> {X, Y}; _ -> no end])
     || N <- lists:seq(0, 6)],
    <<A:2/unit:16, C:3/little-unit:8, _/bits>> = B,
    io:format("~p~n", [{A, C}]).

%% Sizes that are no sizes make the clause fail.
odd_sizes(B) ->
    [io:format("~p ~p~n", [N, case B of <<X:N, _/bits>> -> {yes, X}; _ -> no end])
     || N <- [-1, -(1 bsl 70), 1 bsl 58, 1 bsl 59, 1 bsl 62, 1 bsl 64, 1 bsl 70, foo, 1.0, "a", <<8>>, 24, 25]],
    [io:format("~p ~p~n", [N, case B of <<X:N/unit:256, _/bits>> -> {yes, X}; _ -> no end])
     || N <- [-1, 1 bsl 56, 1 bsl 57, 1 bsl 58, 0, 1]],
    [io:format("~p ~p~n", [N, case B of <<_:N, X:8, _/bits>> -> {yes, X}; _ -> no end])
     || N <- [-1, 0, 8, 16, 17, 24, 1 bsl 63, 1 bsl 64, a]],
    [io:format("~p ~p~n", [N, case B of <<_:N/binary, X:8, _/bits>> -> {yes, X}; _ -> no end])
     || N <- [-1, 0, 1, 2, 3, 1 bsl 61, 1 bsl 58, a]].

%% Around the largest small integer.
bounds() ->
    [io:format("~p ~p~n", [X1, [{Y, Z, Y =:= X1, erlang:phash2({Y, Z})}
                               || <<Y:W/signed, Z:W/little-signed>> <- [<<X1:W, X1:W/little>>]]])
     || X <- [1 bsl 58, (1 bsl 59) - 1, 1 bsl 59, (1 bsl 59) + 1, (1 bsl 60) - 1, 1 bsl 60, 1 bsl 63, (1 bsl 64) - 1],
        W <- [62, 64, 65, 70], S <- [1, -1], X1 <- [X * S], X1 < 1 bsl (W - 1), X1 > -(1 bsl (W - 1))].
