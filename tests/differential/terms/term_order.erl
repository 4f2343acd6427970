%% SPDX-License-Identifier: Apache-2.0
%% The order of terms of all types.
-module(term_order).
-export([main/0]).

main() ->
    L = [1, 1.5, -1, 0.0, 1 bsl 70, a, b, aa, 'A', '', fun lists:map/2, fun lists:map/1, {}, {1}, {0, 0}, {1, 2, 3}, {a}, #{}, #{a => 1},
         #{a => 1, b => 2}, #{b => 0}, [], [1], [1, 2], [2], [[]], "abc", [1 | 2], <<>>, <<0>>, <<1>>, <<1:1>>, <<0, 0>>, <<255:4>>, <<"abc">>],
    io:format("~p~n", [lists:sort(L)]),
    io:format("~p~n", [lists:sort(lists:reverse(L)) =:= lists:sort(L)]),
    P = self(), R = make_ref(),
    io:format("~p~n", [[1 < a, a < R, R < fun lists:map/2, fun lists:map/2 < P, P < {}, {} < #{}, #{} < [], [] < <<>>]]),
    io:format("~p~n", [[1 < R, R < P, P < [x], {1, 2} < #{}, "z" < <<>>]]).
