%% SPDX-License-Identifier: Apache-2.0
%% erlang:hibernate/3 drops the stack and continues in the given function.
-module(hibernate).
-export([main/0, id/1]).
-export([woken/2]).

main() ->
    S = self(),
    P = spawn(fun() -> deep(100, S) end),
    timer:sleep(10),
    io:format("~p~n", [process_info(P, current_function)]),
    io:format("~p~n", [process_info(P, status)]),
    P ! wake,
    receive X -> io:format("~p~n", [X]) end,
    Q = spawn(fun() -> self() ! early, try erlang:hibernate(?MODULE, woken, [S, early]) catch _:_ -> S ! wrong end, S ! wrong end),
    receive X2 -> io:format("~p~n", [X2]) end,
    R = monitor(process, Q),
    receive {'DOWN', R, process, Q, Why} -> io:format("~p~n", [lists:member(Why, [normal, noproc])]) end,
    {P3, R3} = spawn_monitor(fun() -> self() ! x, erlang:hibernate(?MODULE, no_such_function, []) end),
    receive {'DOWN', R3, process, P3, {Why3, _}} -> io:format("~p~n", [Why3]) end,
    io:format("~p~n", [t(fun() -> erlang:hibernate(id(1), x, []) end)]),
    io:format("~p~n", [t(fun() -> erlang:hibernate(a, x, id([b | c])) end)]),
    [io:format("~p ~p~n", [N, dead(lists:duplicate(N, x))]) || N <- [0, 255, 256, 1023, 1024, 1025, 6000]],
    io:format("~p~n", [dead(lists:duplicate(6000, x) ++ y)]).

%% How a process ends that a message lets go on in a function that there is not.
dead(Args) ->
    {P, R} = spawn_monitor(fun() -> self() ! go, erlang:hibernate(?MODULE, nothing, Args) end),
    receive {'DOWN', R, process, P, {Why, [{M, F, A, _} | _]}} -> {Why, M, F, is_list(A)} end.

deep(0, S) -> erlang:hibernate(?MODULE, woken, [S, wake]);
deep(N, S) -> deep(N - 1, S), ok.

woken(S, M) ->
    receive M -> S ! {woken, M, element(2, process_info(self(), message_queue_len))} end.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
