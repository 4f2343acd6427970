%% SPDX-License-Identifier: Apache-2.0
%% Ten million turns of local, external, mutual and apply tail calls in constant space.
%% skip-stress: ten million turns
-module(tail_loops).
-export([main/0, id/1]).
-export([ext/2, app/2]).

main() ->
    io:format("~p~n", [loop(10000000, 0)]),
    io:format("~p~n", [?MODULE:ext(2000000, 0)]),
    io:format("~p~n", [even(3000000)]),
    io:format("~p~n", [app(1000000, 0)]),
    io:format("~p~n", [fun_loop(fun(N, _) when N =< 0 -> done; (N, F) -> F(N - 1, F) end)]),
    {_, Words} = process_info(self(), total_heap_size),
    io:format("~p~n", [Words < 5000000]).

loop(0, Acc) -> Acc;
loop(N, Acc) -> loop(N - 1, Acc + N band 7).

ext(0, Acc) -> Acc;
ext(N, Acc) -> ?MODULE:ext(N - 1, Acc + 1).

even(0) -> true;
even(N) -> odd(N - 1).

odd(0) -> false;
odd(N) -> even(N - 1).

app(0, Acc) -> Acc;
app(N, Acc) -> apply(?MODULE, id(app), [N - 1, Acc + 2]).

fun_loop(F) -> F(1000000, F).

%% Hides a value from the compiler.
id(X) -> X.
