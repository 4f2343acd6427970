%% SPDX-License-Identifier: Apache-2.0
%% Values in registers and frames across exceptions at many places.
-module(exceptions_and_registers).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [[f(N, 10, 20) || N <- lists:seq(0, 6)]]),
    io:format("~p~n", [loop(100, 0, 0)]),
    io:format("~p~n", [[g(X) || X <- [1, a, {b}, [], 2.5]]]).

f(N, A, B) ->
    X = id(A + N),
    try
        Y = id(B * N),
        Z = may(N, Y),
        W = may(N - 1, Z),
        {X, Y, Z, W}
    of
        {_, _, _, 1} -> {one, X, A, B};
        R -> {R, X, A}
    catch
        throw:{T, V} -> {T, V, X, A, B};
        error:E -> {E, X, B}
    after
        put(last, {N, X})
    end.

may(2, V) -> throw({two, V});
may(3, V) -> error({three, V});
may(4, _) -> 1;
may(N, V) -> N + V.

loop(0, Ok, Bad) -> {Ok, Bad};
loop(N, Ok, Bad) ->
    try may(N rem 7, N) of
        V when V > 50 -> loop(N - 1, Ok + V, Bad);
        V -> loop(N - 1, Ok - V, Bad)
    catch
        _:{_, V} -> loop(N - 1, Ok, Bad + V)
    end.

g(X) ->
    A = (catch X + 1),
    B = (catch element(1, X)),
    C = (catch hd(X)),
    [case V of {'EXIT', {R, _}} -> R; _ -> V end || V <- [A, B, C]].

%% Hides a value from the compiler.
id(X) -> X.
