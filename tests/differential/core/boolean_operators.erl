%% SPDX-License-Identifier: Apache-2.0
%% and, or, xor, not, andalso, orelse, on booleans and on other things.
-module(boolean_operators).
-export([main/0, id/1]).

main() ->
    Bs = [true, false],
    io:format("~p~n", [[{A, B, A and B, A or B, A xor B, A andalso B, A orelse B} || A <- Bs, B <- Bs]]),
    io:format("~p~n", [[not B || B <- Bs]]),
    Vs = [1, [], undefined],
    io:format("~p~n", [[t(fun() -> id(A) and id(true) end) || A <- Vs]]),
    io:format("~p~n", [[t(fun() -> id(false) or id(A) end) || A <- Vs]]),
    io:format("~p~n", [[t(fun() -> id(true) xor id(A) end) || A <- Vs]]),
    io:format("~p~n", [[t(fun() -> not id(A) end) || A <- Vs]]),
    io:format("~p~n", [[t(fun() -> id(A) andalso id(true) end) || A <- Vs]]),
    io:format("~p~n", [[t(fun() -> id(A) orelse id(true) end) || A <- Vs]]),
    io:format("~p~n", [[t(fun() -> id(true) andalso id(A) end) || A <- Vs]]),
    io:format("~p~n", [[t(fun() -> id(false) orelse id(A) end) || A <- Vs]]),
    io:format("~p~n", [[g(A, B) || A <- [true, false, x], B <- [true, false, y]]]).

g(A, B) when A and B -> 'and';
g(A, B) when A, not B -> 'a, not b';
g(A, B) when A xor B -> 'xor';
g(A, B) when not (A or B) -> neither;
g(A, _) when A orelse A =:= x -> x;
g(_, _) -> other.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
