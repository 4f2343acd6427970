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
    io:format("~p~n", [spawn_request_abandon(make_ref())]),
    %% What is wrong with the call is judged before the options.
    [request([M, F, A, O]) || M <- [a, 1], F <- [f, 2], A <- [[], [x | y], z],
                              O <- [[], [bad], [bad | x], x, [{reply, no}, bad]]],
    %% Nodes that are not there.
    [request(['n@h', M, F, A, O]) || {M, F, A} <- [{a, f, []}, {1, f, []}, {a, 1, []}, {a, f, [x | y]}, {a, f, z}],
                                     O <- [[], x, [x], [x | y]]],
    [request(['n@h', a, f, [], O]) ||
        O <- [[link, monitor], [{reply, no}], [{reply, success_only}], [{reply, error_only}], [{reply, x}],
              [{reply, no}, {reply, x}], [{reply, x}, {reply, no}], [{reply_tag, t}], [{reply_tag, t}, {reply, x} | y],
              [{monitor, []}], [{monitor, x}], [{monitor, [{tag, t}]}], [{monitor, [x]}], [{reply, yes} | x], [{x, y}]]],
    request([1, a, f, [], []]),
    request([1, fun() -> ok end, []]),
    process_flag(trap_exit, true),  % of links to nodes that are not there, whenever they come
    [io:format("~0p~n", [try erlang:spawn_opt('n@h', a, f, [], O) of P6 -> node(P6) catch E6:X6 -> {E6, X6} end])
     || O <- [[], [link], [x], x, [{reply, no}], [{reply_tag, a}], [{monitor, x}], [x | y]]],
    [io:format("~0p~n", [try erlang:spawn_opt('n@h', M, F, A, []) of P7 -> node(P7) catch E7:X7 -> {E7, X7} end])
     || {M, F, A} <- [{1, f, []}, {a, 1, []}, {a, f, x}]].

request(Args) ->
    R = try apply(erlang, spawn_request, Args)
        catch C:E:S -> {C, E, [I || {error_info, I} <- element(4, hd(S))]}
        end,
    Reply = receive {Tag, R, How, What} -> {Tag, How, if is_pid(What) -> pid; true -> What end} after 0 -> none end,
    io:format("~0p ~0p~n", [if is_reference(R) -> ref; true -> R end, Reply]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
