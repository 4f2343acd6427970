%% SPDX-License-Identifier: Apache-2.0
%% gen_statem with handle_event and state enter calls, generic timeouts, internal events.
-module(gen_statem_handle_event).
-export([main/0]).
-behaviour(gen_statem).
-export([init/1, callback_mode/0, handle_event/4]).

main() ->
    process_flag(trap_exit, true),
    {ok, P} = gen_statem:start_link(?MODULE, self(), []),
    io:format("~p~n", [gen_statem:call(P, {go, {a, 1}})]),
    io:format("~p~n", [gen_statem:call(P, {go, {b, 2}})]),
    io:format("~p~n", [gen_statem:call(P, internal)]),
    gen_statem:cast(P, timer),
    receive {log, timed} -> io:format("timed~n") end,
    io:format("~p~n", [lists:reverse(gen_statem:call(P, log))]),
    R = gen_statem:send_request(P, {go, x}),
    io:format("~p~n", [gen_statem:receive_response(R)]),
    P ! plain_message,
    io:format("~p~n", [hd(gen_statem:call(P, log))]),
    io:format("~p~n", [element(1, element(2, t(fun() -> gen_statem:call(P, die) end)))]),
    receive {'EXIT', P, W} -> io:format("~p~n", [W]) end.

callback_mode() -> [handle_event_function, state_enter].
init(P) -> {ok, start, {P, []}}.

handle_event(enter, Old, New, {P, L}) -> {keep_state, {P, [{enter, Old, New} | L]}};
handle_event({call, F}, {go, S}, Old, D) -> {next_state, S, D, [{reply, F, {from, Old}}]};
handle_event({call, F}, internal, _, _) -> {keep_state_and_data, [{next_event, internal, {answer, F}}]};
handle_event(internal, {answer, F}, S, _) -> {keep_state_and_data, [{reply, F, {internal, S}}]};
handle_event(cast, timer, _, _) -> {keep_state_and_data, [{{timeout, mine}, 5, content}]};
handle_event({timeout, mine}, content, _, {P, L}) -> P ! {log, timed}, {repeat_state, {P, [timed | L]}};
handle_event(info, M, _, {P, L}) -> {keep_state, {P, [{info, M} | L]}};
handle_event({call, _}, die, _, _) -> {stop, died};
handle_event({call, F}, log, _, {_, L}) -> {keep_state_and_data, [{reply, F, L}]}.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
