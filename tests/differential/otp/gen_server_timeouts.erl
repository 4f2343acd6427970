%% SPDX-License-Identifier: Apache-2.0
%% gen_server: hibernate, infinite and repeated timeouts, call timeouts with late replies.
-module(gen_server_timeouts).
-export([main/0]).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

main() ->
    {ok, P} = gen_server:start_link(?MODULE, self(), [{hibernate_after, 5}]),
    io:format("~p~n", [gen_server:call(P, {hibernate, 1})]),
    timer:sleep(20),
    io:format("~p~n", [process_info(P, current_function)]),
    io:format("~p~n", [gen_server:call(P, {reply, 2})]),
    io:format("~p~n", [element(1, element(2, t(fun() -> gen_server:call(P, {late, 20, 3}, 5) end)))]),
    timer:sleep(40),
    io:format("~p~n", [receive X -> {stray, is_tuple(X)} after 0 -> none end]),
    gen_server:cast(P, {ticks, 3}),
    io:format("~p~n", [[receive {tick, N} -> N after 1000 -> late end || _ <- [1, 2, 3]]]),
    io:format("~p~n", [gen_server:call(P, {reply, done}, infinity)]),
    io:format("~p~n", [t(fun() -> gen_server:call(P, x, bad_timeout) end) =/= ok]).

init(P) -> {ok, {P, 0}, infinity}.
handle_call({hibernate, X}, _, S) -> {reply, X, S, hibernate};
handle_call({reply, X}, _, S) -> {reply, X, S};
handle_call({late, T, X}, _, S) -> timer:sleep(T), {reply, X, S}.
handle_cast({ticks, N}, {P, _}) -> {noreply, {P, N}, 1}.
handle_info(timeout, {P, 0}) -> {noreply, {P, 0}};
handle_info(timeout, {P, N}) -> P ! {tick, N}, {noreply, {P, N - 1}, 1};
handle_info(_, S) -> {noreply, S}.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
