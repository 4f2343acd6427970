%% SPDX-License-Identifier: Apache-2.0
%% UTF-8, UTF-16 and UTF-32 segments: every length, both byte orders, unaligned, all
%% that is malformed, and values that are no characters.
-module(utf).
-export([main/0]).

chars() -> [0, 1, 65, 127, 128, 255, 16#7FF, 16#800, 16#FFF, 16#1000, 16#D7FF, 16#E000, 16#FFFD, 16#FFFE, 16#FFFF,
            16#10000, 16#1F600, 16#FFFFF, 16#100000, 16#10FFFF].
bad() -> [-1, 16#D800, 16#DABC, 16#DFFF, 16#110000, 1 bsl 32, 1 bsl 59, 1 bsl 70, -(1 bsl 70), 1.0, a, "a", <<"a">>].

build(C) ->
    [try F(C) catch X:Y -> {X, Y} end
     || F <- [fun(A) -> <<A/utf8>> end, fun(A) -> <<A/utf16>> end, fun(A) -> <<A/utf16-little>> end,
              fun(A) -> <<A/utf32>> end, fun(A) -> <<A/utf32-little>> end, fun(A) -> <<A/utf16-native>> end,
              fun(A) -> <<1:3, A/utf8>> end, fun(A) -> <<1:3, A/utf16>> end, fun(A) -> <<1:3, A/utf32-little>> end,
              fun(A) -> <<A/utf8, A/utf16, A/utf32, 1:1>> end]].

m8(O, B) -> case B of <<_:O, C/utf8, R/bits>> -> {C, R}; _ -> no end.
m16(O, B) -> case B of <<_:O, C/utf16, R/bits>> -> {C, R}; _ -> no end.
m16l(O, B) -> case B of <<_:O, C/utf16-little, R/bits>> -> {C, R}; _ -> no end.
m32(O, B) -> case B of <<_:O, C/utf32, R/bits>> -> {C, R}; _ -> no end.
m32l(O, B) -> case B of <<_:O, C/utf32-little, R/bits>> -> {C, R}; _ -> no end.
s8(O, B) -> case B of <<_:O, _/utf8, R/bits>> -> R; _ -> no end.
s16(O, B) -> case B of <<_:O, _/utf16, R/bits>> -> R; _ -> no end.
s16l(O, B) -> case B of <<_:O, _/utf16-little, R/bits>> -> R; _ -> no end.
s32(O, B) -> case B of <<_:O, _/utf32, R/bits>> -> R; _ -> no end.
s32l(O, B) -> case B of <<_:O, _/utf32-little, R/bits>> -> R; _ -> no end.

match(O, B0) ->
    B = <<0:O, B0/bits>>,
    {m8(O, B), m16(O, B), m16l(O, B), m32(O, B), m32l(O, B), s8(O, B), s16(O, B), s16l(O, B), s32(O, B), s32l(O, B)}.

known(X) ->
    case X of
        <<"abc"/utf8, R/bits>> -> {abc, R};
        <<1:1, "å€"/utf8, R/bits>> -> {odd, R};
        <<"å€😀"/utf16, R/bits>> -> {wide, R};
        <<$x/utf32-little, R/bits>> -> {x, R};
        <<16#1F600/utf8>> -> smile;
        <<C/utf8, 0>> -> {zero, C};
        <<C1/utf8, C2/utf8, C3/utf8>> -> {C1, C2, C3};
        _ -> none
    end.

%% The hash of F of every list of one member of each list.
hash(F, Lists) -> hash(F, Lists, [], 0).
hash(F, [], Members, Acc) -> erlang:phash2({Acc, F(lists:reverse(Members))});
hash(F, [L | Ls], Members, Acc0) -> lists:foldl(fun(M, Acc) -> hash(F, Ls, [M | Members], Acc) end, Acc0, L).

main() ->
    [io:format("~p ~p~n", [C, erlang:phash2(build(C))]) || C <- chars() ++ bad()],
    [io:format("~p~n", [build(C)]) || C <- [65, 16#7FF, 16#1F600, 16#D800, a]],
    [io:format("~p ~p~n", [C, hash(fun([O, B]) -> match(O, B) end,
                                   [[0, 1, 7], [<<C/utf8>>, <<C/utf16>>, <<C/utf16-little>>, <<C/utf32-little, 7:3>>]])])
     || C <- chars()],
    [io:format("~p~n", [match(1, <<C/utf8, 1:1>>)]) || C <- [65, 16#7FF, 16#1F600]],
    %% Two bytes, three bytes, cut short, overlong, surrogates, too large.
    io:format("~p~n", [hash(fun([A, B]) -> match(0, <<A, B>>) end, [lists:seq(16#7E, 255), lists:seq(0, 255, 9)])]),
    io:format("~p~n", [hash(fun([O, A, B, C]) -> match(O, <<A, B, C>>) end,
                            [[0, 3], lists:seq(16#DE, 255), lists:seq(16#78, 16#C8, 4), [0, 16#7F, 16#80, 16#BF, 16#C0]])]),
    io:format("~p~n", [hash(fun([O, A, B, C, D]) -> match(O, <<A, B, C, D>>) end,
                            [[0, 3], [16#EF | lists:seq(16#F0, 16#F8)], lists:seq(16#80, 16#C0, 8), [16#7F, 16#80, 16#BF], [0, 16#80, 16#BF, 16#C0]])]),
    io:format("~p~n", [erlang:phash2([match(0, <<C:32>>) || C <- [16#D7FF, 16#D800, 16#DFFF, 16#E000, 16#10FFFF, 16#110000,
                                                                  16#80000000, 16#FFFFFFFF, 0]])]),
    [io:format("~p~n", [match(0, B)]) || B <- [<<>>, <<1:1>>, <<0:7>>, <<16#C3>>, <<16#C3, 1:4>>, <<16#E2, 16#82>>, <<16#F0, 16#9F, 16#98>>,
                                               <<16#D8, 0>>, <<16#D8, 0, 16#DC>>, <<16#DC, 0, 16#DC, 0>>, <<16#D8, 0, 16#D8, 0>>]],
    [io:format("~p~n", [known(B)]) || B <- [<<"abcdef">>, <<1:1, "å€"/utf8, 3:5>>, <<"å€😀"/utf16>>, <<$x, 0, 0, 0, 1>>, <<16#1F600/utf8>>,
                                            <<228/utf8, 0>>, <<"åäö"/utf8>>, <<"åä"/utf8, 16#C3>>, <<>>, <<255>>]],
    Text = << <<C/utf8>> || C <- lists:seq(0, 16#10FFFF, 997), C < 16#D800 orelse C > 16#DFFF >>,
    io:format("~p ~p~n", [byte_size(Text), erlang:md5(Text)]),
    Codes = [C || <<C/utf8>> <= Text],
    io:format("~p ~p~n", [length(Codes), erlang:phash2(Codes)]),
    Wide = << <<C/utf16-little>> || C <- Codes >>,
    io:format("~p ~p ~p~n", [byte_size(Wide), erlang:md5(Wide), [C || <<C/utf16-little>> <= Wide] =:= Codes]),
    Four = << <<C/utf32>> || C <- Codes >>,
    io:format("~p ~p ~p~n", [byte_size(Four), erlang:md5(Four), [C || <<C/utf32>> <= Four] =:= Codes]).
