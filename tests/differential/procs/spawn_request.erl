%% SPDX-License-Identifier: Apache-2.0
%% spawn_request: replies, options, abandon.
-module(spawn_request).
-export([main/0]).

main() ->
    R = spawn_request(fun() -> ok end),
    receive {spawn_reply, R, ok, P} -> io:format("~p~n", [is_pid(P)]) end,
    R2 = spawn_request(fun() -> exit(two) end, [monitor]),
    receive {spawn_reply, R2, ok, P2} -> receive {'DOWN', R2, process, P2, X2} -> io:format("~p~n", [X2]) end end,
    R3 = spawn_request(erlang, exit, [three], [monitor, {reply, no}]),
    receive {'DOWN', R3, process, _, X3} -> io:format("~p~n", [X3]) end,
    R4 = spawn_request(fun() -> ok end, [{reply_tag, my_tag}]),
    receive {my_tag, R4, ok, P4} -> io:format("~p~n", [is_pid(P4)]) end,
    R5 = spawn_request(node(), fun() -> ok end, []),
    receive {spawn_reply, R5, ok, _} -> io:format("five~n") end,
    R6 = spawn_request(fun() -> ok end, [bad_option]),
    io:format("~p~n", [receive {spawn_reply, R6, error, W} -> W after 100 -> none end]),
    io:format("~p~n", [t(fun() -> spawn_request(fun() -> ok end, [{reply, maybe}]) =/= x end)]),
    io:format("~p~n", [spawn_request_abandon(make_ref())]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
