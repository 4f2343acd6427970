%% SPDX-License-Identifier: Apache-2.0
%% Bit strings taken out of others: fixed, variable and remaining parts, units, tails,
%% skipping, constants, backtracking between clauses, contexts passed on.
-module(parts).
-export([main/0]).

bin(N) -> << <<(X * 37 + (X bsr 2)):8>> || X <- lists:seq(1, N) >>.

take(O, N, B) -> case B of <<_:O, P:N/bits, R/bits>> -> {P, R}; _ -> no end.
takeb(O, N, B) -> case B of <<_:O, P:N/binary, R/bits>> -> {P, R}; _ -> no end.
takeu(O, N, B) -> case B of <<_:O, P:N/binary-unit:5, R/binary-unit:3>> -> {P, R}; _ -> no end.

fixed(B) ->
    [case B of <<A:1/binary, R/binary>> -> {A, R}; _ -> no end,
     case B of <<A:7/bits, R/bits>> -> {A, R}; _ -> no end,
     case B of <<A:64/binary, C/bits>> -> {A, C}; _ -> no end,
     case B of <<_:3, A:65/binary, C/bits>> -> {A, C}; _ -> no end,
     case B of <<A:0/binary, C/binary>> -> {A, C}; _ -> no end,
     case B of <<A:3/binary-unit:11, _/bits>> -> A; _ -> no end].

rest(B) ->
    [case B of <<R/binary>> -> R; _ -> no end, case B of <<_:1, R/binary>> -> R; _ -> no end,
     case B of <<_:8, R/binary-unit:16>> -> R; _ -> no end, case B of <<_, R/binary-unit:3>> -> R; _ -> no end,
     case B of <<_:4, R/bits>> -> R; _ -> no end, case B of <<_, _/binary>> -> yes; _ -> no end,
     case B of <<_:3, _/binary-unit:7>> -> yes; _ -> no end, case B of <<_/bits>> -> yes; _ -> no end].

tail(<<>>) -> empty;
tail(<<_:1>>) -> one;
tail(<<_:8>>) -> byte;
tail(<<A:3, _:13>>) -> {two, A};
tail(<<_:64>>) -> word;
tail(<<1:1, _/bits>>) -> high;
tail(B) when is_binary(B) -> {bytes, byte_size(B)};
tail(B) when is_bitstring(B) -> {bits, bit_size(B)};
tail(_) -> other.

%% Constants of all lengths, aligned and not.
string(B) ->
    case B of
        <<"a">> -> a;
        <<"hello, world, this is a string that is longer than eight bytes", R/binary>> -> {long, R};
        <<"hello, w", R/binary>> -> {eight, R};
        <<"hell", R/binary>> -> {four, R};
        <<"he", X, "lo">> -> {X};
        <<1:1, "hello, world, this is a string", R/bits>> -> {odd, R};
        <<5:3, "ab", 1:1, R/bits>> -> {bits, R};
        <<16#123456789abcdef0:64, 7:5, R/bits>> -> {word, R};
        <<X, "xyz", Y, "uvw", R/bits>> -> {X, Y, R};
        _ -> none
    end.

%% Clauses that share a beginning go back to it.
back(<<1, 2, 3, R/bits>>) -> {a, R};
back(<<1, 2, X:16/little, R/bits>>) when X > 1000 -> {b, X, R};
back(<<1, X:4, Y:4, R/bits>>) when X =/= Y -> {c, X, Y, R};
back(<<N, B:N/binary, C, R/bits>>) -> {d, B, C, R};
back(<<N:4, B:N/bits, R/bits>>) -> {e, B, R};
back(B) -> {f, B}.

%% A context goes from function to function.
parse(<<T, R/bits>>, Acc) when T < 100 -> number(R, T, Acc);
parse(<<"s", N:16, S:N/binary, R/bits>>, Acc) -> parse(R, [S | Acc]);
parse(<<C/utf8, R/bits>>, Acc) -> parse(R, [{C} | Acc]);
parse(<<>>, Acc) -> lists:reverse(Acc);
parse(B, Acc) -> {error, B, lists:reverse(Acc)}.

number(<<X:24/signed-little, R/bits>>, 1, Acc) -> parse(R, [X | Acc]);
number(<<X:24/signed, R/bits>>, 2, Acc) -> parse(R, [X | Acc]);
number(<<X/float, R/bits>>, 3, Acc) -> parse(R, [X | Acc]);
number(<<N:6, X:N/unit:11, _:4, R/bits>>, 4, Acc) -> parse(R, [X | Acc]);
number(R, T, Acc) -> parse(R, [{unknown, T} | Acc]).

%% The same binary matched again while it is being matched.
twice(<<A, R/bits>> = B) ->
    <<C, D, _/bits>> = B,
    <<E:4, _/bits>> = R,
    {A, C, D, E, R, B}.

main() ->
    Bs = [<<>>, <<1:1>>, <<1:7>>, bin(1), bin(2), bin(9), <<(bin(9))/bits, 5:3>>, bin(64), bin(65), bin(200), <<3:2, (bin(200))/bits>>],
    [io:format("~p ~p~n", [N, erlang:phash2([{take(O, N, B), takeb(O, N div 8, B), takeu(O, N div 5, B)} || O <- lists:seq(0, 17), B <- Bs])])
     || N <- lists:seq(0, 70) ++ [511, 512, 513, 519, 520, 521, 1600, 1602, 1700]],
    [io:format("~p~n", [take(3, N, hd(lists:reverse(Bs)))]) || N <- [0, 1, 7, 8, 9, 64]],
    [io:format("~p~n", [{fixed(B), rest(B), tail(B)}]) || B <- Bs],
    [io:format("~p~n", [tail(B)]) || B <- [<<255>>, <<255, 1>>, <<1, 255>>, <<128:8, 0:60>>, <<0:64>>, a, [], {}, <<1:5, 9:9>>]],
    Long = <<"hello, world, this is a string that is longer than eight bytes">>,
    [io:format("~p~n", [string(B)])
     || B <- [<<"a">>, <<"b">>, <<>>, Long, <<Long/binary, "!">>, <<"hello, world">>, <<"hellX">>, <<"heXlo">>,
              <<1:1, Long/bits>>, <<1:1, "hello, world, this is a strinh">>, <<5:3, "ab", 3:2>>, <<5:3, "ab", 0:1>>,
              <<16#123456789abcdef0:64, 7:5>>, <<16#123456789abcdef0:64, 6:5>>, <<"1xyz2uvw">>, <<"1xyz2uvx">>, <<"1xyz2uvw", 1:3>>]],
    [io:format("~p~n", [back(B)])
     || B <- [<<1, 2, 3, 4>>, <<1, 2, 4, 5, 6>>, <<1, 2, 1, 1>>, <<1, 16#33, 9, 9>>, <<3, 1, 2, 3, 4, 5>>, <<200, 1, 2>>, <<16#FF>>, <<>>, <<1:1>>]],
    Message = <<1, -5:24/little, 2, -6:24, 3, 1.25/float, 4, 2:6, 16#2ABCDE:22, 0:2, 0:2, 7, "s", 5:16, "quick", "x", "é"/utf8>>,
    io:format("~p~n", [parse(Message, [])]),
    io:format("~p~n", [parse(<<Message/bits, 1:3>>, [])]),
    io:format("~p~n", [[erlang:phash2(parse(binary:part(Message, 0, N), [])) || N <- lists:seq(0, byte_size(Message))]]),
    io:format("~p~n", [twice(<<1, 2, 3>>)]),
    io:format("~p~n", [twice(<<1:1, 2, 3, 4:3>>)]),
    nested(),
    not_binaries().

nested() ->
    B = bin(100),
    <<_:3, A:700/bits, _/bits>> = B,
    <<_:5, C:600/bits, _/bits>> = A,
    <<_:1/binary, D/bits>> = C,
    io:format("~p~n", [{A =:= C, bit_size(D), D, erlang:phash2({A, C, D})}]),
    io:format("~p~n", [[X || <<X:13>> <= C]]),
    io:format("~p~n", [lists:foldl(fun(_, Acc) -> <<_:7, R/bits>> = Acc, R end, A, lists:seq(1, 99))]),
    <<H:64/binary, T/binary>> = B,
    <<H1:65/binary, _/binary>> = B,
    io:format("~p~n", [{binary:referenced_byte_size(H), binary:referenced_byte_size(T), binary:referenced_byte_size(H1)}]).

not_binaries() ->
    [io:format("~p ~p~n", [V, try <<X, _/bits>> = V, X catch C:R -> {C, R} end])
     || V <- [a, 1, 1.0, [], [1], {}, #{}, self, make, 1 bsl 70, <<>>, <<1:3>>, <<255>>]],
    [io:format("~p~n", [try F(V) catch error:R:S -> {R, is_list(element(3, hd(S)))} end])
     || V <- [a, <<>>], F <- [fun(<<_, _/bits>>) -> ok end, fun(<<"x">>) -> ok end]].
