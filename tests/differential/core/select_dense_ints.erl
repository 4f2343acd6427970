%% SPDX-License-Identifier: Apache-2.0
%% A case over dense integers, which the loader may turn into a jump table.
-module(select_dense_ints).
-export([main/0]).

main() ->
    [io:format("~p ~p~n", [N, f(N)])
     || N <- lists:seq(-3, 14) ++ [1 bsl 40, -(1 bsl 70), 3.0, a, [], "3", {3}]].

f(0) -> zero;
f(1) -> one;
f(2) -> two;
f(3) -> three;
f(4) -> four;
f(5) -> five;
f(6) -> six;
f(7) -> seven;
f(8) -> eight;
f(9) -> nine;
f(11) -> eleven;
f(12) -> twelve;
f(_) -> other.
