%% SPDX-License-Identifier: Apache-2.0
%% Links: exit signals kill, normal ones do not, trapping receives messages.
-module(links_and_exits).
-export([main/0, id/1]).

main() ->
    S = self(),
    io:format("~p~n", [victim(fun(P) -> spawn(fun() -> link(P), exit(boom) end) end)]),
    io:format("~p~n", [victim(fun(P) -> spawn(fun() -> link(P), exit(normal) end), timer:sleep(5), exit(P, alive) end)]),
    io:format("~p~n", [victim(fun(P) -> exit(P, kill) end)]),
    io:format("~p~n", [victim(fun(P) -> exit(P, normal), timer:sleep(5), exit(P, still) end)]),
    io:format("~p~n", [victim(fun(P) -> spawn(fun() -> link(P), unlink(P), exit(boom) end), timer:sleep(5), exit(P, unlinked) end)]),
    process_flag(trap_exit, true),
    A = spawn_link(fun() -> B = spawn_link(fun() -> receive go -> exit(chain) end end), S ! {b, B}, receive never -> x end end),
    receive {b, B} -> B ! go end,
    receive {'EXIT', A, R} -> io:format("~p~n", [R]) end,
    D = spawn(fun() -> ok end),
    timer:sleep(5),
    link(D),
    receive {'EXIT', D, R2} -> io:format("~p~n", [R2]) end,
    self() ! marker,
    exit(self(), hello),
    io:format("~p~n", [receive {'EXIT', S, X} -> X; marker -> receive {'EXIT', S, X} -> {marker, X} end end]),
    exit(self(), normal),
    io:format("~p~n", [receive {'EXIT', S, X2} -> X2 after 10 -> none end]),
    io:format("~p~n", [unlink(D)]),
    io:format("~p~n", [link(self())]),
    io:format("~p~n", [process_info(self(), links)]),
    io:format("~p~n", [t(fun() -> link(id(x)) end)]),
    io:format("~p~n", [t(fun() -> exit(id(x), kill) end)]).

victim(F) ->
    {P, R} = spawn_monitor(fun() -> receive never -> x end end),
    F(P),
    receive {'DOWN', R, process, P, X} -> X end.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
