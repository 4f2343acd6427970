%% SPDX-License-Identifier: Apache-2.0
%% What a node has from its boot: timers, applications, logger, names, calls to itself.
-module(system_services).
-export([main/0, log/2]).

main() ->
    p(fun() -> {ok, _} = timer:send_after(5, a), take() end),
    p(fun() -> {ok, T} = timer:send_interval(2, tick), R = [take(), take()], C = timer:cancel(T), flush(), {R, C} end),
    p(fun() -> {ok, _} = timer:apply_after(2, erlang, send, [self(), applied]), take() end),
    p(fun() -> [timer:seconds(2), timer:hms(1, 2, 3), timer:cancel(foo), timer:send_after(-1, x)] end),
    p(fun() -> [application:get_env(stdlib, nothing), application:get_env(kernel, nothing, default),
                application:set_env(my_app, key, value), application:get_env(my_app, key),
                application:get_all_env(my_app), application:unset_env(my_app, key), application:get_env(my_app, key)] end),
    p(fun() -> [lists:keymember(A, 1, application:which_applications()) || A <- [kernel, stdlib, ssl]] end),
    p(fun() -> [application:ensure_all_started(stdlib), application:start(stdlib), application:start(no_such_app),
                application:stop(no_such_app)] end),
    p(fun() -> [application:get_application(lists), application:get_application(no_such_module),
                is_list(element(2, application:get_key(stdlib, modules))), application:get_key(no_such_app, vsn)] end),
    p(fun() -> application:load({application, my_own, [{description, "mine"}, {vsn, "1"}, {modules, []},
                                                      {registered, []}, {applications, [kernel, stdlib]}, {env, [{a, 1}]}]}) end),
    p(fun() -> [application:start(my_own), application:get_env(my_own, a), lists:keyfind(my_own, 1, application:which_applications()),
                application:unload(my_own)] end),
    p(fun() -> [maps:get(level, logger:get_primary_config()), logger:get_handler_ids(), logger:allow(info, ?MODULE),
                logger:allow(error, ?MODULE)] end),
    p(fun() -> [logger:add_handler(mine, ?MODULE, #{config => self()}), logger:set_handler_config(default, level, none),
                logger:warning("a ~p", [1]), take(), logger:info("unseen"), logger:set_primary_config(level, info),
                logger:info(#{seen => true}), take(), error_logger:error_report([{a, b}]), take(),
                logger:set_primary_config(level, notice)] end),
    p(fun() -> P = spawn(fun() -> exit(self(), kill) end), is_pid(P) end),
    p(fun() -> spawn(fun() -> erlang:error(oops) end), {F, [P, {R, _}]} = take(), {F, is_pid(P), R} end),
    p(fun() -> spawn(fun() -> throw(ball) end), {_, [_, {R, _}]} = take(), R end),
    p(fun() -> logger:remove_handler(mine) end),
    p(fun() -> [global:whereis_name(me), global:register_name(me, self()), global:whereis_name(me) =:= self(),
                global:registered_names(), global:send(me, hello) =:= self(), take(), global:unregister_name(me),
                global:whereis_name(me)] end),
    p(fun() -> [rpc:call(node(), lists, seq, [1, 3]), erpc:call(node(), erlang, abs, [-1]), rpc:call(nope@nowhere, a, b, [])] end),
    p(fun() -> [init:get_argument(no_such_flag), init:get_plain_arguments(), element(2, init:get_status())] end),
    p(fun() -> [net_kernel:get_state(), nodes(), net_adm:ping(nope@nowhere)] end),
    p(fun() -> [is_pid(whereis(N)) || N <- [user, logger, application_controller, kernel_sup, kernel_safe_sup, no_such_name]] end),
    p(fun() -> [ets:info(T, named_table) || T <- [ac_tab, logger, no_such_table]] end),
    p(fun() -> {ok, Ts, _} = erl_scan:string("X = 4, X * Y."), {ok, Es} = erl_parse:parse_exprs(Ts),
               {value, V, B} = erl_eval:exprs(Es, [{'Y', 5}]), {V, lists:sort(B)} end).

log(#{msg := Msg}, #{config := Pid}) ->
    Pid ! {message, case Msg of {report, R} -> R; M -> M end}.

flush() ->
    receive tick -> flush() after 20 -> ok end.

take() ->
    receive {message, M} -> M; Other -> Other after 2000 -> nothing end.

p(F) ->
    io:format("~p~n", [try F() catch C:R -> {C, R} end]).
