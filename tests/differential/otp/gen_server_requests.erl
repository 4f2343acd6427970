%% SPDX-License-Identifier: Apache-2.0
%% gen_server: send_request, wait_response, multi_call, enter_loop, format_status.
-module(gen_server_requests).
-export([main/0]).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, enter/1]).

main() ->
    {ok, P} = gen_server:start({local, req_server}, ?MODULE, 3, []),
    R1 = gen_server:send_request(P, 4), R2 = gen_server:send_request(P, 5),
    io:format("~p~n", [[gen_server:receive_response(R2, 1000), gen_server:wait_response(R1, 1000)]]),
    Rs = lists:foldl(fun(N, A) -> gen_server:send_request(P, N, {label, N}, A) end, gen_server:reqids_new(), [1, 2, 3]),
    io:format("~p~n", [collect(Rs)]),
    io:format("~p~n", [gen_server:multi_call([node()], req_server, 7, 1000)]),
    io:format("~p~n", [gen_server:abcast(req_server, hello)]),
    io:format("~p~n", [sys:get_state(P)]),
    io:format("~p~n", [sys:replace_state(P, fun(S) -> S * 100 end)]),
    io:format("~p~n", [gen_server:call(P, 1)]),
    io:format("~p~n", [[sys:suspend(P), sys:resume(P)]]),
    {status, P, {module, M}, [_, St, _, _, _]} = sys:get_status(P),
    io:format("~p ~p~n", [M, St]),
    Q = proc_lib:spawn(?MODULE, enter, [9]),
    io:format("~p~n", [gen_server:call(Q, 2)]),
    gen_server:stop(Q, shutdown, 1000),
    io:format("~p~n", [is_process_alive(Q)]).

collect(Rs) ->
    case gen_server:receive_response(Rs, 1000, true) of
        {{reply, V}, L, Rs2} -> [{L, V} | collect(Rs2)];
        no_request -> []
    end.

enter(S) -> gen_server:enter_loop(?MODULE, [], S).
init(N) -> {ok, N}.
handle_call(X, _, N) -> {reply, X * N, N}.
handle_cast(_, N) -> {noreply, N}.
