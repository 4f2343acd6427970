%% SPDX-License-Identifier: Apache-2.0
%% Map patterns with bound keys, computed keys, literals, in funs and receive.
-module(patterns_in_heads).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [[get_key(K, #{a => 1, "b" => 2, 3 => c}) || K <- [a, "b", 3, 3.0, z]]]),
    F = fun(#{type := circle, r := R}) -> R * R; (#{type := rect, w := W, h := H}) -> W * H; (#{}) -> unknown end,
    io:format("~p~n", [[F(S) || S <- [#{type => circle, r => 2}, #{type => rect, w => 2, h => 3}, #{type => x}]]]),
    self() ! #{op => add, args => [1, 2]},
    receive #{op := Op, args := [X, Y]} -> io:format("~p ~p ~p~n", [Op, X, Y]) end,
    K = {compound, [1]},
    #{K := V, {compound, [2]} := W} = id(#{{compound, [1]} => x, {compound, [2]} => y}),
    io:format("~p ~p~n", [V, W]),
    io:format("~p~n", [[X1 || #{k := X1} <- [#{k => 1}, #{}, x, #{k => 2, l => 3}]]]),
    Big = maps:from_list([{N, N} || N <- lists:seq(1, 1000)]),
    #{1 := A, 500 := B, 1000 := C} = Big,
    io:format("~p~n", [{A, B, C}]),
    io:format("~p~n", [case Big of #{1001 := _} -> yes; #{1 := 2} -> wrong; #{7 := S7} -> S7 end]).

get_key(K, M) ->
    case M of
        #{K := V} -> {found, V};
        _ -> none
    end.

%% Hides a value from the compiler.
id(X) -> X.
