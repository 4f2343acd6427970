%% SPDX-License-Identifier: Apache-2.0
%% lists: searching, splitting, building.
-module(lists_module_basic).
-export([main/0]).

main() ->
    L = [5, 3, 8, 1, 9, 2, 8],
    P = fun(X) -> X > 4 end,
    io:format("~p~n", [[lists:all(P, L), lists:any(P, L), lists:append([[1], [2, 3], []]), lists:append("ab", "cd"), lists:concat([a, 1, "b", 2.5])]]),
    io:format("~p~n", [[lists:delete(8, L), lists:droplast(L), lists:dropwhile(P, L), lists:duplicate(3, x), lists:filter(P, L)]]),
    io:format("~p~n", [lists:filtermap(fun(X) when X > 4 -> {true, X * 2}; (X) -> X =:= 1 end, L)]),
    io:format("~p~n", [lists:flatlength([1, [2, [3]], []])]),
    io:format("~p~n", [lists:flatmap(fun(X) -> [X, X] end, [1, 2])]),
    io:format("~p~n", [[lists:flatten([1, [2, [3, []]], 4]), lists:flatten([1, [2]], [tail])]]),
    io:format("~p~n", [[lists:foldl(fun(X, A) -> X - A end, 0, L), lists:foldr(fun(X, A) -> X - A end, 0, L)]]),
    io:format("~p~n", [[lists:join(x, [a, b, c]), lists:join(x, []), lists:last(L), lists:max(L), lists:min(L)]]),
    io:format("~p~n", [[lists:mapfoldl(fun(X, A) -> {X * A, A + 1} end, 1, L), lists:mapfoldr(fun(X, A) -> {X * A, A + 1} end, 1, L)]]),
    io:format("~p~n", [[lists:member(8, L), lists:member(8.0, L), lists:nth(3, L), lists:nthtail(3, L)]]),
    io:format("~p~n", [[lists:partition(P, L), lists:prefix([5, 3], L), lists:suffix([2, 8], L), lists:reverse(L, [tail])]]),
    io:format("~p~n", [[lists:search(P, L), lists:search(fun(X) -> X > 100 end, L)]]),
    io:format("~p~n", [[lists:seq(1, 5), lists:seq(5, 1, -2), lists:seq(1, 0), lists:seq(3, 3)]]),
    io:format("~p~n", [[lists:split(2, L), lists:splitwith(P, L), lists:sublist(L, 3), lists:sublist(L, 2, 3), lists:sublist(L, 6, 9)]]),
    io:format("~p~n", [[lists:subtract(L, [8, 1]), lists:sum(L), lists:sum([1, 2.5]), lists:takewhile(P, L)]]),
    io:format("~p~n", [[lists:unzip([{1, a}, {2, b}]), lists:unzip3([{1, a, x}, {2, b, y}]), lists:zip([1, 2], [a, b]), lists:zip3([1], [a], [x])]]),
    io:format("~p~n", [[lists:zipwith(fun(A, B) -> A + B end, [1, 2], [3, 4]), lists:zipwith3(fun(A, B, C) -> {A, B, C} end, [1], [2], [3])]]),
    io:format("~p~n", [[lists:enumerate("abc"), lists:enumerate(5, "ab"), lists:uniq([a, b, a, c, b]), lists:uniq(fun(X) -> X rem 3 end, L)]]).
