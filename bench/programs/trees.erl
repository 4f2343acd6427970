-module(trees).
-export([run/1]).
run(N) -> T = lists:foldl(fun(K, A) -> gb_trees:enter((K * 7919) rem 100003, K, A) end, gb_trees:empty(), lists:seq(1, N)),
          lists:sum([element(2, gb_trees:lookup((K * 7919) rem 100003, T)) || K <- lists:seq(1, N)]).
