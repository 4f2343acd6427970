%% SPDX-License-Identifier: Apache-2.0
%% process_info items whose values are fixed; good and bad requests.
-module(process_info_items).
-export([main/0, id/1]).

main() ->
    S = self(),
    P = spawn(fun() -> put(k, v), register(pi_name, self()), process_flag(trap_exit, true), link(S), S ! up, receive stop -> ok end end),
    receive up -> ok end,
    timer:sleep(5),
    P ! {a, message}, P ! another,
    [io:format("~p~n", [process_info(P, I)])
     || I <- [registered_name, dictionary, trap_exit, message_queue_len, messages, status, priority, current_function,
              initial_call, suspending, error_handler, message_queue_data]],
    io:format("~p~n", [process_info(P, links) =:= {links, [S]}]),
    io:format("~p~n", [process_info(P, [trap_exit, message_queue_len])]),
    io:format("~p~n", [process_info(P, [])]),
    io:format("~p~n", [process_info(P, group_leader) =:= {group_leader, group_leader()}]),
    io:format("~p~n", [process_info(P, monitors)]),
    R = monitor(process, P),
    io:format("~p~n", [process_info(P, monitored_by) =:= {monitored_by, [S]}]),
    io:format("~p~n", [process_info(S, monitors) =:= {monitors, [{process, P}]}]),
    [io:format("~p~n", [{I, is_integer(element(2, process_info(P, I)))}])
     || I <- [heap_size, total_heap_size, stack_size, reductions, memory]],
    io:format("~p~n", [[K || {K, _} <- process_info(P)]]),
    P ! stop,
    receive {'DOWN', R, _, _, _} -> ok end,
    io:format("~p~n", [[process_info(P), process_info(P, status), is_process_alive(P)]]),
    io:format("~p~n", [[t(fun() -> process_info(id(X), status) end) || X <- [x, 1]]]),
    io:format("~p~n", [t(fun() -> process_info(self(), id(nothing)) end)]),
    io:format("~p~n", [t(fun() -> process_info(self(), [status | x]) end)]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
