%% SPDX-License-Identifier: Apache-2.0
%% Closures, exceptions and maps compiled for the oldest instruction set that the compiler knows.
-module(compile_r22_funs).
-export([main/0, id/1]).
-compile([r22]).
-record(r, {a = 1, b, c = "c"}).

main() ->
    Fs = [fun(X) -> {N, X} end || N <- [1, 2, 3]],
    io:format("~p~n", [[F(x) || F <- Fs]]),
    R = #r{b = id(2)},
    io:format("~p ~p~n", [R#r{a = 5, c = 6}, R#r.c]),
    io:format("~p~n", [maps(#{k => 1})]),
    io:format("~p~n", [t(fun() -> (id(R))#r{a = 1} end)]),
    io:format("~p~n", [t(fun() -> (id(x))#r.a end)]),
    io:format("~p~n", [deep(5)]).

maps(#{k := V} = M) -> {V, M#{k := V + 1}, M#{l => V}, maps:keys(M)}.

deep(0) -> [];
deep(N) ->
    A = try id(N) after put(n, N) end,
    B = (catch throw(A)),
    [B | deep(N - 1)].

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
