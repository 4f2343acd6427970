%% SPDX-License-Identifier: Apache-2.0
%% What examples/host/server.c runs in each sandbox.
-module(tenant).
-export([main/1]).

main(Number) ->
    Parent = self(),
    Workers = [spawn_link(fun() -> Parent ! {self(), work(Number, N)} end) || N <- lists:seq(1, 4)],
    lists:sum([receive {W, Value} -> Value end || W <- Workers]).

work(Number, N) ->
    store:put(Number, N),
    lists:sum(lists:map(fun(X) -> X * X end, lists:seq(1, 100))) + store:get(Number).
