%% SPDX-License-Identifier: Apache-2.0
%% All comparison operators over pairs of values of all types.
-module(comparisons).
-export([main/0]).

main() ->
    Vs = [-1 bsl 70, -1, 0, 0.0, 1, 1.0, 1.5, 2, 1 bsl 64, 1.8446744073709552e19, a, b, true, [], [1],
          [1.0], [a | b], "abc", {}, {1}, {1.0}, {a, b}, <<>>, <<1>>, <<1:4>>, <<"abc">>, #{}, #{a => 1},
          #{a => 1.0}, #{b => 1}, #{1 => a}, #{1.0 => a}],
    [io:format("~p ~s~n", [A, [c(A, B) || B <- Vs]]) || A <- Vs],
    [io:format("~p ~s~n", [A, [g(A, B) || B <- Vs]]) || A <- Vs].

c(A, B) ->
    Bits = [A == B, A /= B, A =:= B, A =/= B, A < B, A > B, A =< B, A >= B],
    lists:nth(1 + lists:foldl(fun(X, N) -> (N * 2 + bit(X)) rem 61 end, 0, Bits),
              "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz").

bit(true) -> 1;
bit(false) -> 0.

g(A, B) when A =:= B -> $e;
g(A, B) when A == B -> $=;
g(A, B) when A < B -> $<;
g(A, B) when A > B -> $>.
