%% SPDX-License-Identifier: Apache-2.0
%% gen_server: call, cast, info, reply later, timeouts, continue, stop, terminate.
%% skip-stress: waits for as long as a server takes at full speed
-module(gen_server_calls).
-export([main/0]).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, handle_continue/2, terminate/2]).

main() ->
    process_flag(trap_exit, true),
    {ok, P} = gen_server:start_link(?MODULE, [self(), 10], []),
    io:format("~p~n", [gen_server:call(P, get)]),
    io:format("~p~n", [gen_server:cast(P, {add, 5})]),
    io:format("~p~n", [gen_server:call(P, get)]),
    P ! {info, 100},
    io:format("~p~n", [gen_server:call(P, get, 1000)]),
    io:format("~p~n", [gen_server:call(P, later)]),
    io:format("~p~n", [t(fun() -> gen_server:call(P, never, 10) end)  =/= x]),
    io:format("~p~n", [gen_server:call(P, {continue, 7})]),
    io:format("~p~n", [gen_server:call(P, get)]),
    io:format("~p~n", [gen_server:call(P, {timeout, 5})]),
    receive {from_server, M} -> io:format("~p~n", [M]) end,
    io:format("~p~n", [gen_server:stop(P)]),
    receive {terminated, R} -> io:format("~p~n", [R]) end,
    receive {'EXIT', P, R2} -> io:format("~p~n", [R2]) end,
    io:format("~p~n", [element(1, element(2, t(fun() -> gen_server:call(P, get) end)))]),
    io:format("~p~n", [gen_server:start_link(?MODULE, {stop, why}, [])]),
    receive {'EXIT', _, R3} -> io:format("~p~n", [R3]) end,
    io:format("~p~n", [gen_server:start(?MODULE, ignore, [])]),
    io:format("~p~n", [gen_server:start(?MODULE, {bad, return}, [])]),
    {ok, P4} = gen_server:start({local, named_server}, ?MODULE, [self(), 1], []),
    io:format("~p~n", [gen_server:start({local, named_server}, ?MODULE, [self(), 1], []) =:= {error, {already_started, P4}}]),
    io:format("~p~n", [gen_server:call(named_server, get)]),
    M4 = monitor(process, P4),
    io:format("~p~n", [gen_server:call(named_server, stop)]),
    receive {terminated, R5} -> io:format("~p~n", [R5]) end,
    receive {'DOWN', M4, _, _, _} -> ok end,
    io:format("~p~n", [t(fun() -> gen_server:call(named_server, get) end)]).

init([Parent, N]) -> {ok, {Parent, N}};
init({stop, R}) -> {stop, R};
init(ignore) -> ignore;
init(Other) -> Other.

handle_call(get, _, {P, N} = S) -> {reply, {P =:= self(), N}, S};
handle_call(later, From, S) -> spawn(fun() -> gen_server:reply(From, replied_later) end), {noreply, S};
handle_call(never, _, S) -> {noreply, S};
handle_call({continue, N}, _, S) -> {reply, ok, S, {continue, N}};
handle_call({timeout, T}, _, S) -> {reply, waiting, S, T};
handle_call(stop, _, S) -> {stop, requested, stopping, S}.

handle_cast({add, X}, {P, N}) -> {noreply, {P, N + X}}.

handle_info(timeout, {P, _} = S) -> P ! {from_server, timed_out}, {noreply, S};
handle_info({info, X}, {P, N}) -> {noreply, {P, N + X}};
handle_info(_, S) -> {noreply, S}.

handle_continue(X, {P, N}) -> {noreply, {P, N * X}}.

terminate(R, {P, _}) -> P ! {terminated, R}.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
