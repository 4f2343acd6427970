%% SPDX-License-Identifier: Apache-2.0
%% gen_statem with state functions: a door with a code, timeouts, postponing.
%% skip-stress: waits for as long as a server takes at full speed
-module(gen_statem_functions).
-export([main/0]).
-behaviour(gen_statem).
-export([init/1, callback_mode/0, locked/3, open/3, terminate/3]).

main() ->
    {ok, P} = gen_statem:start(?MODULE, {self(), [1, 2, 3]}, []),
    [gen_statem:cast(P, {button, B}) || B <- [1, 2, 3]],
    w(),
    io:format("~p~n", [gen_statem:call(P, count)]),
    w(),
    io:format("~p~n", [gen_statem:call(P, count)]),
    [gen_statem:cast(P, {button, B}) || B <- [9, 1, 2]],
    io:format("~p~n", [gen_statem:call(P, count)]),
    gen_statem:cast(P, postponed),
    gen_statem:cast(P, {button, 3}),
    w(), w(),
    io:format("~p~n", [element(1, sys:get_state(P))]),
    gen_statem:stop(P),
    w().

w() -> receive X -> io:format("~p~n", [X]) after 20000 -> io:format("nothing~n") end.

callback_mode() -> state_functions.
init({P, Code}) -> {ok, locked, #{parent => P, code => Code, got => [], count => 0}}.

locked(cast, {button, B}, #{code := C, got := G, parent := P, count := N} = D) ->
    New = lists:sublist(G ++ [B], max(1, length(G) + 2 - length(C)), length(C)),
    case New of
        C -> P ! opened, {next_state, open, D#{got := [], count := N + 1}, [{state_timeout, 2000, lock}]};
        _ -> {keep_state, D#{got := New, count := N + 1}}
    end;
locked(cast, postponed, _) -> {keep_state_and_data, [postpone]};
locked({call, F}, count, #{count := N}) -> {keep_state_and_data, [{reply, F, {locked, N}}]}.

open(state_timeout, lock, #{parent := P} = D) -> P ! locked_again, {next_state, locked, D};
open(cast, postponed, #{parent := P}) -> P ! was_postponed, keep_state_and_data;
open(cast, _, _) -> keep_state_and_data;
open({call, F}, count, #{count := N}) -> {keep_state_and_data, [{reply, F, {open, N}}]}.

terminate(R, S, #{parent := P}) -> P ! {ended, R, S}.
