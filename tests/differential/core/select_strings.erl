%% SPDX-License-Identifier: Apache-2.0
%% Clauses over string and binary literals that share prefixes.
-module(select_strings).
-export([main/0]).

main() ->
    [io:format("~p ~p ~p~n", [S, l(S), b(list_to_binary(S))])
     || S <- ["", "a", "ab", "abc", "abd", "abcdef", "b", "GET /", "GET /index", "PUT /x", "POST"]].

l("") -> empty;
l("a") -> a;
l("ab") -> ab;
l("abc" ++ R) -> {abc, R};
l("abd") -> abd;
l("GET " ++ Path) -> {get, Path};
l("PUT " ++ Path) -> {put, Path};
l(_) -> other.

b(<<>>) -> empty;
b(<<"a">>) -> a;
b(<<"ab">>) -> ab;
b(<<"abc", R/binary>>) -> {abc, R};
b(<<"abd">>) -> abd;
b(<<"GET ", Path/binary>>) -> {get, Path};
b(<<"PUT ", Path/binary>>) -> {put, Path};
b(_) -> other.
