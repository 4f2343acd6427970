%% SPDX-License-Identifier: Apache-2.0
%% == and =:= in depth.
-module(equality_and_matching).
-export([main/0, id/1]).

main() ->
    Ps = [{1, 1.0}, {[1, 2], [1, 2.0]}, {{a, [1]}, {a, [1.0]}}, {#{a => {1}}, #{a => {1.0}}}, {<<1>>, <<1>>}, {"a", [97]},
          {<<1:1>>, <<1:2>>}, {1 bsl 64, 18446744073709551616.0}, {[], ""}, {{}, []}, {fun lists:map/2, fun lists:map/2}, {0, 0.0}, {'a', a}],
    io:format("~p~n", [[{A == B, A =:= B, A /= B, A =/= B, B == A} || {A, B} <- Ps]]),
    Long = lists:seq(1, 100000),
    io:format("~p~n", [{Long =:= id(lists:seq(1, 100000)), Long == Long ++ [1], Long < Long ++ [1], Long ++ [0.5] < Long ++ [1]}]),
    Deep = lists:foldl(fun(N, A) -> {N, [A]} end, leaf, lists:seq(1, 50000)),
    Deep2 = lists:foldl(fun(N, A) -> {N, [A]} end, leag, lists:seq(1, 50000)),
    io:format("~p~n", [{Deep =:= id(Deep), Deep < Deep2, Deep == Deep2}]).

%% Hides a value from the compiler.
id(X) -> X.
