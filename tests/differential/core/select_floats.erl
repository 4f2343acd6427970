%% SPDX-License-Identifier: Apache-2.0
%% A case over floats: no float matches an integer; zeros.
-module(select_floats).
-export([main/0]).

main() ->
    [io:format("~p ~p~n", [X, f(X)])
     || X <- [0.0, 1.0, -1.0, 1.5, 2.5, 1.0e100, 1.0e-100, 0, 1, -1, 3.14, 1.0e99, a]].

f(1.0) -> one;
f(-1.0) -> minus_one;
f(1.5) -> one_half;
f(2.5) -> two_half;
f(1.0e100) -> huge;
f(1.0e-100) -> tiny;
f(3.14) -> pi;
f(0) -> integer_zero;
f(1) -> integer_one;
f(_) -> other.
