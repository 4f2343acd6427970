%% SPDX-License-Identifier: Apache-2.0
%% maps:iterator and next on small and large maps; folds that change while iterating.
-module(iterators).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [walk(maps:iterator(#{b => 1, a => 2, c => 3}))]),
    L = maps:from_list([{N, N} || N <- lists:seq(1, 100)]),
    W = walk(maps:iterator(L)),
    io:format("~p ~p~n", [length(W), W =:= maps:to_list(L)]),
    {K, V, I} = maps:next(maps:iterator(L)),
    io:format("~p~n", [[{K, V} | walk(I)] =:= W]),
    io:format("~p~n", [maps:fold(fun(A, B, M) -> M#{B => A, {A} => B} end, L, L) =:= maps:merge(L, maps:from_list([{{N}, N} || N <- lists:seq(1, 100)]))]),
    io:format("~p~n", [maps:filter(fun(A, _) -> A rem 25 =:= 0 end, L)]),
    io:format("~p~n", [maps:map(fun(A, B) -> A + B end, maps:with([1, 2, 3], L))]),
    io:format("~p~n", [[t(fun() -> maps:next(id(X)) end) || X <- [x, [a], #{}]]]),
    io:format("~p~n", [t(fun() -> maps:iterator(id(x)) end)]),
    io:format("~p~n", [maps:next(none)]).

walk(I) ->
    case maps:next(I) of
        {K, V, J} -> [{K, V} | walk(J)];
        none -> []
    end.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
