%% SPDX-License-Identifier: Apache-2.0
%% Records: creation with defaults, matching, updating several fields, nesting.
-module(record_updates).
-export([main/0, id/1]).
-record(inner, {x = 0, y = undefined}).
-record(outer, {a, b = "default", c = #inner{}, d = {tuple, 1}, e = 2.5}).

main() ->
    R = #outer{a = id(1)},
    io:format("~p~n", [R]),
    R2 = R#outer{b = new, e = 3.5, a = R#outer.a + 1},
    io:format("~p~n", [R2]),
    R3 = R2#outer{c = (R2#outer.c)#inner{y = deep}},
    io:format("~p~n", [R3]),
    #outer{c = #inner{y = Y}, a = A} = R3,
    io:format("~p ~p~n", [Y, A]),
    io:format("~p ~p~n", [record_info(fields, outer), record_info(size, outer)]),
    io:format("~p~n", [#outer.e]),
    io:format("~p~n", [[kind(X) || X <- [R, #inner{}, {inner, 1}, {inner, 1, 2}, outer, []]]]),
    io:format("~p~n", [#outer{_ = none}]),
    io:format("~p~n", [lists:keysort(#inner.x, [#inner{x = N} || N <- [3, 1, 2]])]).

kind(#outer{b = B}) -> {outer, B};
kind(R) when is_record(R, inner) -> inner;
kind(R) when element(1, R) =:= inner -> almost;
kind(_) -> no.

%% Hides a value from the compiler.
id(X) -> X.
