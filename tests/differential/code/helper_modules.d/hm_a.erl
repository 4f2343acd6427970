%% SPDX-License-Identifier: Apache-2.0
-module(hm_a).
-export([start/1, adder/1, name/0, odd/1, call_main/1, deep/1]).

start(N) -> [hm_b:twice(X) || X <- lists:seq(1, N)].
adder(N) -> fun(X) -> hm_b:add(X, N) end.
name() -> ?MODULE.
odd(0) -> false;
odd(N) -> hm_b:even(N - 1).
call_main(M) -> M:back(name()).
deep(X) -> {hm_b:crash(X)}.
