%% SPDX-License-Identifier: Apache-2.0
%% Inlined functions, and the same program without type optimisation.
-module(compile_inline).
-export([main/0, id/1]).
-compile([inline, {inline_size, 100}, no_type_opt, no_ssa_opt]).

main() ->
    io:format("~p~n", [[area(S) || S <- [{circle, 2}, {square, 3}, {rect, 2, 3}]]]),
    io:format("~p~n", [poly(3)]),
    io:format("~p~n", [t(fun() -> area({tri, 1}) end)]),
    {X, Y} = pair(id(1)),
    io:format("~p~n", [X + Y]).

area({circle, R}) -> 3 * sq(R);
area({square, S}) -> sq(S);
area({rect, A, B}) -> A * B.

sq(X) -> X * X.
poly(X) -> sq(X) + 2 * X + 1.
pair(X) -> {X, X + 1}.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
