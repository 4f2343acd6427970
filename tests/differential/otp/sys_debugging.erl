%% SPDX-License-Identifier: Apache-2.0
%% sys: statistics, log, install, trace functions and changes of code.
-module(sys_debugging).
-export([main/0]).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, code_change/3]).

main() ->
    {ok, P} = gen_server:start(?MODULE, 0, []),
    io:format("~p~n", [sys:statistics(P, true)]),
    [gen_server:call(P, inc) || _ <- [1, 2, 3]],
    {ok, St} = sys:statistics(P, get),
    io:format("~p~n", [[proplists:get_value(K, St) || K <- [messages_in, messages_out]]]),
    io:format("~p~n", [sys:statistics(P, false)]),
    io:format("~p~n", [sys:log(P, true)]),
    gen_server:call(P, inc),
    {ok, L} = sys:log(P, get),
    io:format("~p~n", [length(L)]),
    sys:log(P, false),
    S = self(),
    F = fun(I, E, _) -> S ! {dbg, I, element(1, E)}, I + 1 end,
    io:format("~p~n", [sys:install(P, {F, 0})]),
    gen_server:call(P, inc),
    io:format("~p~n", [[receive {dbg, I, E} -> {I, E} after 100 -> none end || _ <- [1, 2]]]),
    io:format("~p~n", [sys:remove(P, F)]),
    sys:suspend(P),
    io:format("~p~n", [sys:change_code(P, ?MODULE, old_vsn, extra)]),
    sys:resume(P),
    io:format("~p~n", [sys:get_state(P)]),
    io:format("~p~n", [sys:terminate(P, normal)]),
    M = monitor(process, P),
    receive {'DOWN', M, _, _, R} -> io:format("~p~n", [lists:member(R, [normal, noproc])]) end.

init(N) -> {ok, N}.
handle_call(inc, _, N) -> {reply, N, N + 1}.
handle_cast(_, N) -> {noreply, N}.
code_change(V, S, E) -> {ok, {changed, V, S, E}}.
