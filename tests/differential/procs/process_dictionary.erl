%% SPDX-License-Identifier: Apache-2.0
%% put, get, erase, get_keys in a process.
-module(process_dictionary).
-export([main/0]).

main() ->
    erase(),
    io:format("~p~n", [[put(a, 1), put(a, 2), put("b", 3), put({c}, [4]), get(a), get(z), get("b")]]),
    io:format("~p~n", [lists:sort(get())]),
    io:format("~p~n", [lists:sort(get_keys(2))]),
    io:format("~p~n", [lists:sort(get_keys())]),
    io:format("~p~n", [[erase(a), erase(a), get(a)]]),
    io:format("~p~n", [[put(1, int), put(1.0, float), get(1), get(1.0)]]),
    [put({k, N}, N) || N <- lists:seq(1, 5000)],
    [erase({k, N}) || N <- lists:seq(1, 5000, 2)],
    io:format("~p~n", [lists:sum([N || {{k, _}, N} <- get()])]),
    io:format("~p~n", [lists:all(fun(N) -> get({k, N}) =:= N end, lists:seq(2, 5000, 2))]),
    io:format("~p~n", [length(erase())]),
    io:format("~p~n", [get()]),
    put(x, y),
    S = self(),
    spawn(fun() -> S ! get() end),
    receive L -> io:format("~p~n", [L]) end,
    io:format("~p~n", [process_info(self(), dictionary)]).
