%% SPDX-License-Identifier: Apache-2.0
%% The instructions with which OTP 22 to 24 build binaries: bs_init2, bs_init_bits,
%% bs_add, bs_append, bs_private_append, bs_put_….
-module(older_building).
-compile([r24]).
-export([main/0, id/1]).

id(X) -> X.

integers(N, O, X) -> <<1:O, X:N, X:N/little, X:8, X:12, X:64/little, X:70, 3:2>>.
floats(X) -> <<X/float, X:32/little-float, 1:3, X:16/float, X:64/little-float>>.
floats(X, N) -> <<X:N/float, 1:1>>.
binaries(A, B) -> <<1:3, A/bits, 7, B/binary, A:3/bits, B:2/binary>>.
binaries(A, N, U) -> <<A:N/binary, 1, A:U/bits>>.
strings(X) -> <<"abc", X, "a longer string of more than eight bytes", X:3, "odd", 5:5>>.
utf(C) -> <<C/utf8, C/utf16, C/utf16-little, C/utf32, C/utf32-little>>.
utf_odd(C) -> <<1:3, C/utf8, C/utf16, C/utf16-little, C/utf32, C/utf32-little>>.
append(B, X) -> <<B/binary, X:16, "x", X/float>>.
append_bits(B, X) -> <<B/bits, X:3>>.
append_unit(B, X) -> <<B/binary-unit:3, X:3>>.

show(F) ->
    io:format("~p~n", [try F() catch C:R:S -> {C, R, [{M, A, lists:keydelete(file, 1, I)} || {M, _, A, I} <- [hd(S)]]} end]).

grow(B, 0) -> B;
grow(B, N) -> grow(append_bits(B, N), N - 1).

main() ->
    Values = [0, 1, -1, 127, 16#123456789abcdef, (1 bsl 59) - 1, 1 bsl 59, 1 bsl 64, -(1 bsl 64) - 1, 1 bsl 200],
    [io:format("~p ~p~n", [N, erlang:phash2([integers(N, O, X) || O <- lists:seq(0, 9), X <- Values])])
     || N <- lists:seq(0, 70) ++ [128, 191, 1000]],
    [show(fun() -> integers(N, O, X) end) || {N, O, X} <- [{5, 3, 77}, {a, 1, 1}, {-1, 1, 1}, {1, -1, 1}, {8, 0, a}, {1 bsl 70, 0, 1}, {1 bsl 62, 1 bsl 62, 1},
                                                           {8, 8, 1.0}, {-(1 bsl 70), 0, 0}, {1 bsl 59, a, 1}, {0, 0, b}]],
    [show(fun() -> floats(X) end) || X <- [0.0, 1.5, -3.1, 1, 70000, 1 bsl 70, 1 bsl 1024, a]],
    [show(fun() -> floats(X, N) end) || X <- [1.5, 2, a], N <- [0, 8, 16, 32, 64, 65, -1, a]],
    [show(fun() -> binaries(A, B) end) || A <- [<<>>, <<5:3>>, <<"abc">>, a], B <- [<<>>, <<"ab">>, <<"abc">>, <<1:3>>, a]],
    [show(fun() -> binaries(A, N, U) end) || A <- [<<"abcd">>, <<1:3>>, a], N <- [0, 1, 4, 5, -1, a], U <- [0, 3, 32, 33]],
    [show(fun() -> strings(X) end) || X <- [1, -1, a]],
    [show(fun() -> F(C) end) || C <- [0, 65, 255, 2048, 16#D7FF, 16#D800, 16#DFFF, 16#FFFF, 16#10000, 16#10FFFF, 16#110000, -1, 1 bsl 70, a, 65.0],
                                F <- [fun utf/1, fun utf_odd/1]],
    [show(fun() -> append(B, X) end) || B <- [<<>>, <<"ab">>, binary:copy(<<7>>, 100), <<1:3>>, a, 17], X <- [1, 1 bsl 70, a]],
    [show(fun() -> append_bits(B, X) end) || B <- [<<>>, <<"ab">>, <<1:3>>, a, 17, []], X <- [1, a]],
    [show(fun() -> append_unit(B, X) end) || B <- [<<>>, <<"ab">>, <<1:3>>, <<"abc">>, a], X <- [1]],
    show(fun() -> B = append(<<"a">>, 1), {append(B, 2), B, append(B, 3), append_bits(B, 2), B} end),
    G = grow(<<>>, 3000),
    io:format("~p ~p~n", [bit_size(G), erlang:phash2(G)]),
    C = << <<X:N>> || X <- [1, 2, 3, 1 bsl 65], N <- lists:seq(0, 50) >>,
    io:format("~p ~p~n", [bit_size(C), erlang:phash2(C)]),
    io:format("~p~n", [<< <<X/bits, Y/utf8>> || X <- [<<1:1>>, <<>>], Y <- "aé€" >>]),
    show(fun() -> << <<(id(X)):8>> || X <- [1, a] >> end),
    Large = lists:foldl(fun(N, A) -> <<A/binary, (binary:copy(<<N>>, 5000))/binary>> end, <<>>, lists:seq(1, 100)),
    io:format("~p ~p~n", [byte_size(Large), erlang:md5(Large)]),
    io:format("~p~n", [erlang:phash2(<<0:80000, Large:1000/binary, Large/binary>>)]).
