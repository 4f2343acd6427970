%% SPDX-License-Identifier: Apache-2.0
%% Data survives collections of the own heap and of others, by request and under pressure.
-module(garbage_collection).
-export([main/0, id/1]).

main() ->
    Data = [{N, lists:seq(1, N rem 50), <<N:256>>, #{N => [N]}} || N <- lists:seq(1, 2000)],
    H = erlang:phash2(Data),
    io:format("~p~n", [erlang:garbage_collect()]),
    io:format("~p~n", [erlang:phash2(Data) =:= H]),
    S = self(),
    P = spawn(fun() -> D = lists:seq(1, 1000), receive go -> S ! {sum, lists:sum(D)} end end),
    io:format("~p~n", [erlang:garbage_collect(P)]),
    P ! go,
    receive {sum, X} -> io:format("~p~n", [X]) end,
    io:format("~p~n", [churn(2000, [])]),
    io:format("~p~n", [erlang:phash2(Data) =:= H]),
    io:format("~p~n", [t(fun() -> erlang:garbage_collect(self(), [{async, req}]) end)]),
    receive {garbage_collect, req, R} -> io:format("~p~n", [R]) end,
    io:format("~p~n", [erlang:garbage_collect(self(), [{type, minor}])]),
    timer:sleep(1),
    io:format("~p~n", [t(fun() -> erlang:garbage_collect(P) end)]),
    io:format("~p~n", [t(fun() -> erlang:garbage_collect(id(x)) end)]).

churn(0, Keep) -> length(Keep);
churn(N, Keep) ->
    T = {N, lists:seq(1, 100), binary:copy(<<N>>, 100)},
    churn(N - 1, case N rem 100 of 0 -> [T | Keep]; _ -> Keep end).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
