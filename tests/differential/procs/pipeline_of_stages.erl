%% SPDX-License-Identifier: Apache-2.0
%% A pipeline of processes with back-pressure: each stage asks the one before it.
-module(pipeline_of_stages).
-export([main/0]).

main() ->
    Source = spawn(fun() -> source(1) end),
    Stages = [fun(X) -> X * 2 end, fun(X) -> X + 1 end, fun(X) -> X * X end, fun integer_to_list/1, fun lists:reverse/1],
    Last = lists:foldl(fun(F, Prev) -> spawn(fun() -> stage(F, Prev) end) end, Source, Stages),
    io:format("~p~n", [[pull(Last) || _ <- lists:seq(1, 10)]]),
    io:format("~p~n", [erlang:phash2([pull(Last) || _ <- lists:seq(1, 1000)])]).

source(N) -> receive {next, P} -> P ! {item, self(), N}, source(N + 1) end.
stage(F, Prev) -> receive {next, P} -> P ! {item, self(), F(pull(Prev))}, stage(F, Prev) end.
pull(P) -> P ! {next, self()}, receive {item, P, X} -> X end.
