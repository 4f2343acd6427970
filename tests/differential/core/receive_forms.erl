%% SPDX-License-Identifier: Apache-2.0
%% receive: all clauses, selective, after 0, after 1, after infinity, after a variable.
-module(receive_forms).
-export([main/0, id/1]).

main() ->
    self() ! a, self() ! b, self() ! {c, 1}, self() ! {c, 2}, self() ! d,
    io:format("~p~n", [receive {c, X} -> X end]),
    io:format("~p~n", [receive d -> d after 0 -> none end]),
    io:format("~p~n", [receive e -> e after 0 -> none end]),
    io:format("~p~n", [receive M when is_atom(M), M =/= a -> M end]),
    io:format("~p~n", [receive Y -> Y after infinity -> never end]),
    io:format("~p~n", [process_info(self(), message_queue_len)]),
    io:format("~p~n", [process_info(self(), messages)]),
    io:format("~p~n", [receive z -> z after id(5) -> timeout end]),
    io:format("~p~n", [receive after 1 -> slept end]),
    io:format("~p~n", [receive {c, Z} -> Z after id(infinity) -> never end]),
    io:format("~p~n", [[t(fun() -> receive z -> z after id(T) -> late end end) || T <- [-1, a, 1.0, 1 bsl 32, []]]]),
    erlang:send_after(1, self(), tick),
    io:format("~p~n", [receive tick -> tick after 16#ffffffff -> never end]),
    io:format("~p~n", [flush()]).

flush() -> receive X -> [X | flush()] after 0 -> [] end.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
