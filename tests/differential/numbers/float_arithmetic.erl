%% SPDX-License-Identifier: Apache-2.0
%% Floats: operations, conversions, mixed with integers, overflow to badarith.
-module(float_arithmetic).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [[0.1 + id(0.2), id(1.5) * 2, 7 / id(2), id(2.0) - 3, -id(0.5), id(10) / 5, 1.0e308 * id(1.5)]]),
    io:format("~p~n", [[t(fun() -> F(1.0e308, 10) end) || F <- [fun(X, Y) -> X * Y end, fun(X, Y) -> X + X + Y end, fun(X, Y) -> X / (Y * 1.0e-10) end]]]),
    io:format("~p~n", [[{trunc(X), round(X), floor(X), ceil(X)} || X <- [0.5, -0.5, 1.5, 2.5, -1.5, -2.5, 1.0e20, -1.0e20, 0.49999999999999994, 4503599627370497.5, 1.0e100]]]),
    io:format("~p~n", [[float(X) || X <- [0, 1, -1, 1 bsl 53 + 1, 1 bsl 64, 1 bsl 1000, 9007199254740993]]]),
    io:format("~p~n", [t(fun() -> float(1 bsl 1024) end)]),
    io:format("~p~n", [t(fun() -> (1 bsl 1024) * id(1.0) end)]),
    io:format("~p~n", [t(fun() -> (1 bsl 1024) / id(2) end)]),
    io:format("~p~n", [(1 bsl 100) / (1 bsl 99)]),
    io:format("~p~n", [poly([1.0, -2.5, 3.25, 0.125], 1.75)]),
    io:format("~p~n", [newton(2.0, 1.0, 20)]),
    io:format("~p~n", [mean([1, 2.5, 3, 4.25])]),
    io:format("~p~n", [t(fun() -> mean([1, a]) end)]).

poly(Cs, X) -> lists:foldl(fun(C, A) -> A * X + C end, 0.0, Cs).

newton(_, X, 0) -> X;
newton(A, X, N) when is_float(A), is_float(X) -> newton(A, (X + A / X) / 2, N - 1).

mean(L) -> mean(L, 0, 0.0).
mean([], N, S) -> S / N;
mean([X | T], N, S) -> mean(T, N + 1, S + X).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
