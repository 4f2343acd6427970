%% SPDX-License-Identifier: Apache-2.0
%% Small maps: building, matching, updating, order of keys.
-module(flat_basics).
-export([main/0, id/1]).

main() ->
    M = #{id(a) => 1, id("b") => 2, id({c}) => 3, id(1) => 4, id(1.0) => 5},
    io:format("~p~n", [M]),
    io:format("~p~n", [maps:to_list(M)]),
    io:format("~p~n", [M#{a := x, new => y}]),
    io:format("~p~n", [M#{1 := int}]),
    io:format("~p~n", [M#{1.0 := float}]),
    #{a := A, 1 := B} = M,
    io:format("~p~n", [{A, B}]),
    io:format("~p~n", [[f(X) || X <- [#{}, #{k => 1}, #{k => 2, l => 3}, #{l => 1}, #{k => #{k => deep}}, []]]]),
    io:format("~p~n", [maps:keys(#{z => 1, y => 2, x => 3})]),
    io:format("~p~n", [#{a => 1, a => 2}]),
    K = id(key),
    io:format("~p~n", [#{K => 1, {K} => 2}]),
    #{K := V} = #{K => value},
    io:format("~p~n", [V]),
    io:format("~p ~p ~p~n", [map_size(#{}), map_size(M), maps:size(M)]).

f(#{k := #{k := X}}) -> {deep, X};
f(#{k := 1}) -> one;
f(#{k := X, l := Y}) -> {X, Y};
f(#{l := _}) -> l;
f(#{}) -> any;
f(_) -> none.

%% Hides a value from the compiler.
id(X) -> X.
