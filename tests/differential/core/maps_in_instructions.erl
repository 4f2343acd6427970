%% SPDX-License-Identifier: Apache-2.0
%% Map instructions with keys in registers, literals, many pairs, failing in the middle.
-module(maps_in_instructions).
-export([main/0, id/1]).

main() ->
    K1 = id(k1), K2 = id({k, 2}), M = #{K1 => 1, K2 => 2, lit => 3, "s" => 4, 5 => 5},
    io:format("~p~n", [M]),
    #{K1 := A, K2 := B, lit := C, "s" := D, 5 := E} = M,
    io:format("~p~n", [{A, B, C, D, E}]),
    io:format("~p~n", [case M of #{K1 := 2} -> one; #{K2 := X, lit := 3} -> X end]),
    io:format("~p~n", [[has(Y) || Y <- [#{a => 1, b => 2, c => 3}, #{a => 1, b => 2}, #{a => 1}, #{}, x]]]),
    io:format("~p~n", [t(fun() -> M#{K1 := x, absent := y, lit := z} end)]),
    io:format("~p~n", [M#{K1 := x, new => y, lit := z}]),
    Big = maps:from_list([{{n, N}, N} || N <- lists:seq(1, 500)]),
    Q = id({n, 250}),
    #{Q := V, {n, 1} := W} = Big,
    io:format("~p~n", [{V, W}]),
    B2 = Big#{Q := changed, {n, 501} => added, {n, 1} := 100},
    io:format("~p~n", [{maps:get(Q, B2), map_size(B2), maps:get({n, 1}, B2), maps:get({n, 1}, Big)}]),
    io:format("~p~n", [t(fun() -> Big#{nothing := 1} end) =:= {error, {badkey, nothing}}]),
    io:format("~p~n", [map_size(#{K1 => 1, K1 => 2, k1 => 3})]),
    io:format("~p~n", [maps:get(k1, #{K1 => 1, K1 => 2, k1 => 3})]),
    wide(id(1)).

has(#{a := _, b := _, c := _}) -> abc;
has(#{a := _, b := _}) -> ab;
has(#{a := _}) -> a;
has(#{}) -> none;
has(_) -> no_map.

wide(X) ->
    M = #{a => X, b => X, c => X, d => X, e => X, f => X, g => X, h => X, i => X, j => X, k => X, l => X, m => X, n => X, o => X, p => X,
          q => X, r => X, s => X, t => X, u => X, v => X, w => X, x => X, y => X, z => X, aa => X, bb => X, cc => X, dd => X, ee => X, ff => X, gg => X, hh => X},
    io:format("~p ~p~n", [map_size(M), lists:sum(maps:values(M))]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
