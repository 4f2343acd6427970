%% SPDX-License-Identifier: Apache-2.0
%% Word counts, caesar, run-length, palindromes, csv: text as lists and as binaries.
-module(text_processing).
-export([main/0]).

main() ->
    T = "the quick brown fox jumps over the lazy dog the end",
    W = string:lexemes(T, " "),
    C = lists:foldl(fun(X, A) -> orddict:update_counter(X, 1, A) end, [], W),
    io:format("~p~n", [C]),
    io:format("~s~n", [caesar(T, 3)]),
    io:format("~s~n", [caesar(caesar(T, 3), 23)]),
    io:format("~p~n", [rle("aaabccdddd")]),
    io:format("~p~n", [[pal(X) || X <- ["racecar", "A man a plan a canal Panama", "no"]]]),
    io:format("~p~n", [csv(<<"a,b,\"c,d\"\n1,2,3\n\"x\"\"y\",,z\n">>)]),
    io:format("~p~n", [lev("kitten", "sitting")]),
    io:format("~s~n", [[roman(N) || N <- [1994, 2024]]]),
    io:format("~p~n", [soundex("Robert")]).

caesar(S, N) -> [if C >= $a, C =< $z -> (C - $a + N) rem 26 + $a; true -> C end || C <- S].
rle([]) -> [];
rle([H | T]) -> {Same, Rest} = lists:splitwith(fun(X) -> X =:= H end, T), [{H, length(Same) + 1} | rle(Rest)].
pal(S) -> L = [C || C <- string:lowercase(S), C >= $a, C =< $z], L =:= lists:reverse(L).

csv(B) -> csv(B, <<>>, [], []).
csv(<<>>, <<>>, [], Rows) -> lists:reverse(Rows);
csv(<<$", R/binary>>, F, Fs, Rows) -> quoted(R, F, Fs, Rows);
csv(<<$,, R/binary>>, F, Fs, Rows) -> csv(R, <<>>, [F | Fs], Rows);
csv(<<$\n, R/binary>>, F, Fs, Rows) -> csv(R, <<>>, [], [lists:reverse([F | Fs]) | Rows]);
csv(<<C, R/binary>>, F, Fs, Rows) -> csv(R, <<F/binary, C>>, Fs, Rows).
quoted(<<$", $", R/binary>>, F, Fs, Rows) -> quoted(R, <<F/binary, $">>, Fs, Rows);
quoted(<<$", R/binary>>, F, Fs, Rows) -> csv(R, F, Fs, Rows);
quoted(<<C, R/binary>>, F, Fs, Rows) -> quoted(R, <<F/binary, C>>, Fs, Rows).

lev(A, B) -> lists:last(lists:foldl(fun(C, Row) -> row(C, B, Row, hd(Row) + 1, [hd(Row) + 1]) end, lists:seq(0, length(B)), A)).
row(_, [], _, _, Acc) -> lists:reverse(Acc);
row(C, [D | B], [P, Q | R], Left, Acc) ->
    V = lists:min([P + if C =:= D -> 0; true -> 1 end, Q + 1, Left + 1]),
    row(C, B, [Q | R], V, [V | Acc]).

roman(0) -> " ";
roman(N) -> {V, S, true} = lists:keyfind(true, 3, [{W, R, N >= W} || {W, R} <- vs()]), S ++ roman(N - V).
vs() -> [{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}].
soundex([H | T]) -> [H | lists:sublist([code(C) || C <- T, code(C) =/= $0] ++ "000", 3)].
code(C) -> case lists:member(C, "bfpv") of true -> $1; _ -> case lists:member(C, "cgjkqsxz") of true -> $2; _ -> case C of $d -> $3; $t -> $3; $l -> $4; $m -> $5; $n -> $5; $r -> $6; _ -> $0 end end end.
