%% SPDX-License-Identifier: Apache-2.0
%% processes/0, is_process_alive, pids as terms.
-module(process_lists_and_pids).
-export([main/0, id/1]).

main() ->
    P = spawn(fun() -> receive stop -> ok end end),
    io:format("~p~n", [lists:member(P, processes())]),
    io:format("~p~n", [lists:member(self(), processes())]),
    io:format("~p~n", [is_process_alive(P)]),
    io:format("~p~n", [list_to_pid(pid_to_list(P)) =:= P]),
    io:format("~p~n", [binary_to_term(term_to_binary(P)) =:= P]),
    io:format("~p~n", [node(P) =:= node()]),
    io:format("~p~n", [[hd(pid_to_list(P)), lists:last(pid_to_list(P))]]),
    R = monitor(process, P),
    P ! stop,
    receive {'DOWN', R, _, _, _} -> ok end,
    io:format("~p~n", [{is_process_alive(P), lists:member(P, processes())}]),
    io:format("~p~n", [P ! ignored]),
    io:format("~p~n", [exit(P, kill)]),
    io:format("~p~n", [[t(fun() -> list_to_pid(id(L)) end) || L <- ["", "<0.1>", "<a.b.c>", "0.1.0", x]]]),
    io:format("~p~n", [t(fun() -> is_process_alive(id(x)) end)]),
    io:format("~p~n", [make_ref() =:= make_ref()]),
    Q = make_ref(),
    io:format("~p~n", [list_to_ref(ref_to_list(Q)) =:= Q]),
    io:format("~p~n", [binary_to_term(term_to_binary(Q)) =:= Q]),
    io:format("~p~n", [node()]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
