%% SPDX-License-Identifier: Apache-2.0
%% Tail calls of funs, apply/2 and apply/3 in constant space, frames or not.
%% skip-stress: millions of turns
-module(tail_calls_of_funs).
-export([main/0, id/1]).
-export([loop3/1]).

main() ->
    {_, W0} = process_info(self(), total_heap_size),
    F = fun(G, N) when N > 0 -> G(G, N - 1); (_, 0) -> done end,
    io:format("~p~n", [F(F, 3000000)]),
    io:format("~p~n", [framed(fun framed/2, 2000000)]),
    io:format("~p~n", [loop2(fun loop2/1, 1000000)]),
    io:format("~p~n", [loop3([1000000])]),
    io:format("~p~n", [through(fun erlang:apply/2, 500000)]),
    {_, W} = process_info(self(), total_heap_size),
    io:format("~p~n", [W < W0 + 50000]).

framed(F, 0) -> {id(F) =:= F, done};
framed(F, N) ->
    M = id(N),
    G = id(F),
    K = id(M - 1),
    G(G, K).

loop2(F, N) -> put(f, F), loop2(N).
loop2(0) -> done;
loop2(N) -> apply(get(f), [N - 1]).

loop3([0]) -> done;
loop3([N]) -> loop3(N);
loop3(0) -> done;
loop3(N) -> apply(?MODULE, id(loop3), [N - 1]).

through(_, 0) -> done;
through(A, N) -> A(fun through/2, [A, N - 1]).

%% Hides a value from the compiler.
id(X) -> X.
