%% SPDX-License-Identifier: Apache-2.0
%% lists:sort, usort, keysort, merge and their stability, over pseudo-random data.
-module(sorting).
-export([main/0]).

main() ->
    L = rnd(7, 3000),
    io:format("~p~n", [[erlang:phash2(F(L)) || F <- [fun lists:sort/1, fun lists:usort/1, fun lists:reverse/1]]]),
    io:format("~p~n", [erlang:phash2(lists:sort(fun(A, B) -> A rem 100 =< B rem 100 end, L))]),
    T = [{X rem 10, X rem 7, N} || {X, N} <- lists:zip(L, lists:seq(1, 3000))],
    io:format("~p~n", [[erlang:phash2(lists:keysort(K, T)) || K <- [1, 2, 3]]]),
    io:format("~p~n", [erlang:phash2(lists:ukeysort(1, T))]),
    io:format("~p~n", [stable(lists:keysort(1, T))]),
    io:format("~p~n", [lists:merge([1, 3, 5, 7], [2, 3, 4, 8])]),
    io:format("~p~n", [lists:merge3([1, 5], [2, 6], [3, 4])]),
    io:format("~p~n", [lists:umerge([[1, 2, 3], [2, 3, 4], [4, 5]])]),
    io:format("~p~n", [lists:merge(fun(A, B) -> A >= B end, [5, 3, 1], [4, 2])]),
    io:format("~p~n", [lists:keymerge(1, [{1, a}, {3, b}], [{1, c}, {2, d}])]),
    io:format("~p~n", [lists:ukeymerge(1, [{1, a}, {3, b}], [{1, c}, {2, d}])]),
    io:format("~p~n", [lists:usort(fun(A, B) -> A rem 5 =< B rem 5 end, lists:seq(1, 20))]),
    io:format("~p~n", [lists:sort([1, a, "b", <<"c">>, {d}, 2.0, [], #{}, 1.0, 2])]),
    io:format("~p~n", [[lists:sort(P) || P <- [[], [1], [2, 1], [3, 1, 2], [b, a, c, a]]]]).

stable([{K, _, A}, {K, _, B} | _]) when A > B -> false;
stable([_ | T]) -> stable(T);
stable([]) -> true.

rnd(_, 0) -> [];
rnd(X, N) -> Y = (X * 48271) rem 2147483647, [Y rem 5000 | rnd(Y, N - 1)].
