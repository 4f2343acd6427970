%% SPDX-License-Identifier: Apache-2.0
%% A program of several modules with a behaviour of its own, records in a header by hand, and funs across.
-module(many_modules).
-export([main/0]).

main() ->
    Shapes = [mm_circle:new(2), mm_rect:new(3, 4), mm_circle:new(1)],
    io:format("~p~n", [[mm_shape:area(S) || S <- Shapes]]),
    io:format("~p~n", [lists:sort(fun mm_shape:smaller/2, Shapes)]),
    io:format("~p~n", [mm_shape:total(Shapes)]),
    io:format("~p~n", [[M:module_info(attributes) =/= [] || M <- [mm_circle, mm_rect, mm_shape]]]),
    io:format("~p~n", [mm_shape:behaviour_info(callbacks)]),
    io:format("~p~n", [try mm_shape:area({mm_none, 1}) catch error:undef -> undefined end]),
    io:format("~p~n", [lists:map(mm_shape:scaler(3), Shapes)]).
