%% SPDX-License-Identifier: Apache-2.0
%% gen_statem: event, state and named timeouts; cancelled, updated and replaced.
-module(gen_statem_timers).
-export([main/0]).
-behaviour(gen_statem).
-export([init/1, callback_mode/0, a/3, b/3]).

main() ->
    {ok, P} = gen_statem:start_link(?MODULE, self(), []),
    w(), w(), w(),
    gen_statem:cast(P, poke),
    w(), w(),
    io:format("~p~n", [gen_statem:call(P, state)]),
    gen_statem:cast(P, cancel),
    io:format("~p~n", [receive X -> X after 40 -> quiet end]),
    gen_statem:stop(P).

w() -> receive X -> io:format("~p~n", [X]) after 20000 -> io:format("nothing~n") end.

callback_mode() -> state_functions.
init(P) -> {ok, a, P, [{timeout, 5, event}, {{timeout, n1}, 15, one}, {{timeout, n2}, 10, two}]}.

a(timeout, event, P) -> P ! event_timeout, keep_state_and_data;
a({timeout, N}, C, P) -> P ! {N, C}, keep_state_and_data;
a(cast, poke, P) -> {next_state, b, P, [{state_timeout, 5, back}, {{timeout, n3}, 1, three}]};
a({call, F}, state, _) -> {keep_state_and_data, [{reply, F, a}, {{timeout, n4}, 10, never}]};
a(cast, cancel, _) -> {keep_state_and_data, [{{timeout, n4}, cancel}]}.

b({timeout, n3}, three, P) -> P ! in_b, {keep_state_and_data, [{state_timeout, update, changed}]};
b(state_timeout, X, P) -> P ! {left_b, X}, {next_state, a, P}.
