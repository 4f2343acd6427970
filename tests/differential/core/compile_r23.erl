%% SPDX-License-Identifier: Apache-2.0
%% What OTP 23's instruction set has and later compilers avoid: allocate_zero, init, make_fun2.
-module(compile_r23).
-export([main/0, id/1]).
-compile([r23]).

main() ->
    io:format("~p~n", [frames(1, 2)]),
    io:format("~p~n", [frames(3, 2)]),
    io:format("~p~n", [(adder(5))(6)]),
    io:format("~p~n", [bits(1, 2, 3)]),
    io:format("~p~n", [parse(<<1, 2:16, 3:24, "rest">>)]),
    io:format("~p~n", [update({a, b, c, d})]),
    io:format("~p~n", [t(fun() -> frames(a, b) end)]),
    io:format("~p~n", [[X || <<X:12>> <= <<16#123456789abc:48>>]]),
    io:format("~p~n", [<< <<(X + 1)>> || <<X>> <= <<"HAL">> >>]),
    self() ! {ref, 1},
    io:format("~p~n", [receive {ref, N} when N > 0 -> N after 100 -> none end]),
    io:format("~p~n", [try id(x) of x -> right catch error:R -> R end]),
    io:format("~p~n", [floats(1.5, 2)]).

frames(A, B) ->
    X = id(A + 1),
    Y = id(B + X),
    case A of
        1 -> W = id(Y), Z = id(X), {W, Z, Y};
        _ -> {catch id(Y), id(X)}
    end.

adder(N) -> M = id(N), fun(X) -> {X + M, N} end.

bits(A, B, C) ->
    X = <<A:8, B:16, C:24>>,
    Y = id(X),
    {X, <<Y/binary, A:4, B:4>>, <<1, A:16, "abc", B:8>>, <<C/float>>, <<A/utf8, B/utf16>>}.

parse(<<A, B:16, C:24/little, R/binary>>) -> {A, B, C, R}.

update(T) -> setelement(1, setelement(2, setelement(4, T, z), y), x).

floats(A, B) when is_float(A) -> A * 2 + B / 4 - -A.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
