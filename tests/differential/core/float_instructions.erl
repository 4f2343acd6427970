%% SPDX-License-Identifier: Apache-2.0
%% Float registers: conversions, chains, errors inside of a chain, overflow, spilling.
-module(float_instructions).
-export([main/0, id/1]).

main() ->
    io:format("~w~n", [chain(1.5, 2.5, 3.5)]),
    io:format("~w~n", [mixed(2, 1.25)]),
    io:format("~w~n", [t(fun() -> chain(id(1.0e308), 1.0e308, 1.0e308) end)]),
    io:format("~w~n", [t(fun() -> mixed(id(a), 1.0) end)]),
    io:format("~w~n", [t(fun() -> mixed(1 bsl 2000, 1.0) end)]),
    io:format("~w~n", [t(fun() -> ratio(1.0, id(0.0)) end)]),
    io:format("~w~n", [t(fun() -> ratio(1.0, id(0)) end)]),
    io:format("~w~n", [negate(0.0)]),
    io:format("~w~n", [negate(2.5)]),
    io:format("~w~n", [across(1.5, 4)]),
    io:format("~w~n", [many(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)]),
    io:format("~w~n", [integrate(fun(X) -> X * X end, 0.0, 1.0, 1000)]),
    io:format("~w~n", [mandel(-0.5, 0.5, 50)]),
    io:format("~w~n", [lists:foldl(fun(X, A) -> A + X * 0.1 end, 0.0, lists:seq(1, 100))]).

chain(A, B, C) when is_float(A), is_float(B), is_float(C) -> (A + B) * C - A / B + -C * A.
mixed(N, F) when is_float(F) -> N * F + N - F / 2.
ratio(A, B) -> (A + 1.0) / B * 2.0.
negate(X) when is_float(X) -> -X.
across(X, N) when is_float(X) -> Y = X * 2.0, Z = id(N), W = Y + 1.0, id(W * Y) + Z.
many(A, B, C, D, E, F, G, H) when is_float(A), is_float(B), is_float(C), is_float(D) ->
    {A + B, (A + B) * (C + D), (A - B) / (C - D), (E + F) * (G + H) + (A * B) - (C * D) + (E * F) - (G / H)}.
integrate(F, A, B, N) -> H = (B - A) / N, H * lists:sum([F(A + (I + 0.5) * H) || I <- lists:seq(0, N - 1)]).
mandel(Cr, Ci, Max) -> mandel(0.0, 0.0, Cr, Ci, Max, 0).
mandel(_, _, _, _, Max, Max) -> inside;
mandel(X, Y, _, _, _, N) when X * X + Y * Y > 4.0 -> N;
mandel(X, Y, Cr, Ci, Max, N) -> mandel(X * X - Y * Y + Cr, 2.0 * X * Y + Ci, Cr, Ci, Max, N + 1).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
