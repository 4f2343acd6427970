%% SPDX-License-Identifier: Apache-2.0
%% gen_event: handlers added, swapped, called, removed, crashing.
%% skip-stress: waits for as long as a server takes at full speed
-module(gen_event_handlers).
-export([main/0]).
-behaviour(gen_event).
-export([init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2]).

main() ->
    {ok, E} = gen_event:start(),
    io:format("~p~n", [gen_event:add_handler(E, ?MODULE, {self(), one})]),
    io:format("~p~n", [gen_event:add_handler(E, {?MODULE, two}, {self(), two})]),
    io:format("~p~n", [gen_event:add_handler(E, ?MODULE, {self(), again})]),
    io:format("~p~n", [gen_event:which_handlers(E)]),
    gen_event:notify(E, hello), w(), w(),
    gen_event:sync_notify(E, sync), w(), w(),
    E ! plain, w(), w(),
    io:format("~p~n", [gen_event:call(E, ?MODULE, count)]),
    io:format("~p~n", [gen_event:call(E, {?MODULE, two}, {set, 100})]),
    io:format("~p~n", [gen_event:call(E, nothing, x)]),
    io:format("~p~n", [gen_event:swap_handler(E, {{?MODULE, two}, swapped}, {{?MODULE, three}, swap})]), w(),
    io:format("~p~n", [lists:sort(gen_event:which_handlers(E))]),
    gen_event:notify(E, remove), w(), w(),
    io:format("~p~n", [gen_event:delete_handler(E, ?MODULE, bye)]),
    io:format("~p~n", [gen_event:which_handlers(E)]),
    io:format("~p~n", [gen_event:add_sup_handler(E, ?MODULE, {self(), sup})]),
    gen_event:notify(E, crash),
    receive {gen_event_EXIT, H, {'EXIT', {R, _}}} -> io:format("~p ~p~n", [H, R]) after 1000 -> io:format("none~n") end,
    io:format("~p~n", [gen_event:which_handlers(E)]),
    io:format("~p~n", [gen_event:stop(E)]).

w() -> receive X -> io:format("~p~n", [X]) after 20000 -> io:format("nothing~n") end.

init({{P, N}, _}) -> {ok, {P, {N, swapped_in}, 0}};
init({swap, {P, N, C}}) -> {ok, {P, {from, N}, C}};
init({P, N}) -> {ok, {P, N, 0}}.
handle_event(remove, {P, {from, _} = N, _}) -> P ! {N, removing}, remove_handler;
handle_event(crash, _) -> error(crashed);
handle_event(X, {P, N, C}) -> P ! {N, X}, {ok, {P, N, C + 1}}.
handle_call(count, {_, _, C} = S) -> {ok, C, S};
handle_call({set, X}, {P, N, C}) -> {ok, {was, C}, {P, N, X}}.
handle_info(X, {P, N, C}) -> P ! {N, info, X}, {ok, {P, N, C}}.
terminate(swapped, {P, N, C}) -> P ! {N, swapped_out}, {P, N, C};
terminate(_, {P, N, _}) -> P ! {N, terminated}, done.
