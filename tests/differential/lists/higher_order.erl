%% SPDX-License-Identifier: Apache-2.0
%% Functional pipelines: folds that build folds, church numerals, lazy streams.
-module(higher_order).
-export([main/0]).

main() ->
    io:format("~p~n", [take(15, primes())]),
    io:format("~p~n", [take(10, smap(fun(X) -> X * X end, from(1)))]),
    Inc = fun(X) -> X + 1 end,
    Three = church(3), Four = church(4),
    io:format("~p~n", [((mult(Three, Four))(Inc))(0)]),
    io:format("~p~n", [(y(fun(F) -> fun(0) -> 1; (N) -> N * F(N - 1) end end))(10)]),
    io:format("~p~n", [(lists:foldr(fun(F, G) -> fun(X) -> F(G(X)) end end, fun(X) -> X end, lists:duplicate(1000, Inc)))(0)]),
    io:format("~p~n", [cps_fib(20, fun(X) -> X end)]),
    io:format("~p~n", [zipper()]).

from(N) -> fun() -> [N | from(N + 1)] end.
take(0, _) -> [];
take(N, S) -> [H | T] = S(), [H | take(N - 1, T)].
smap(F, S) -> fun() -> [H | T] = S(), [F(H) | smap(F, T)] end.
sfilter(P, S) -> fun() -> [H | T] = S(), case P(H) of true -> [H | sfilter(P, T)]; false -> (sfilter(P, T))() end end.
primes() -> sieve(from(2)).
sieve(S) -> fun() -> [P | T] = S(), [P | sieve(sfilter(fun(X) -> X rem P =/= 0 end, T))] end.

church(0) -> fun(_) -> fun(X) -> X end end;
church(N) -> fun(F) -> fun(X) -> F(((church(N - 1))(F))(X)) end end.
mult(A, B) -> fun(F) -> A(B(F)) end.
y(F) -> (fun(X) -> X(X) end)(fun(X) -> F(fun(A) -> (X(X))(A) end) end).
cps_fib(N, K) when N < 2 -> K(N);
cps_fib(N, K) -> cps_fib(N - 1, fun(A) -> cps_fib(N - 2, fun(B) -> K(A + B) end) end).
zipper() -> lists:foldl(fun(_, {L, [H | T]}) -> {[H * 2 | L], T} end, {[], lists:seq(1, 6)}, lists:seq(1, 4)).
