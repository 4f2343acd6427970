%% SPDX-License-Identifier: Apache-2.0
%% Pids, ports and references of another node, and of an earlier life of this one.
-module(foreign_identifiers).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    Nodes = [{old, node(), 77}, {other, somewhere@else, 1}],
    [on(What, Name, identifier(What, Node, Creation))
     || {Name, Node, Creation} <- Nodes, What <- [pid, port, ref]],
    ok.

identifier(What, Node, Creation) ->
    Text = atom_to_binary(Node),
    Atom = <<119, (byte_size(Text)), Text/binary>>,
    binary_to_term(case What of
        pid -> <<131, 88, Atom/binary, 4711:32, 17:32, Creation:32>>;
        port -> <<131, 89, Atom/binary, 4711:32, Creation:32>>;
        ref -> <<131, 90, 3:16, Atom/binary, Creation:32, 1:32, 2:32, 3:32>>
    end).

on(What, Name, Id) ->
    Show = fun(F, Value) -> io:format("~p ~p ~s: ~p~n", [Name, What, F, clean(Value, Id)]) end,
    Try = fun(F, Fun) -> Show(F, try {ok, Fun()} catch C:R -> {C, R} end), [Show(F, M) || M <- messages()] end,
    Try("node", fun() -> node(Id) end),
    Try("guards", fun() -> {is_pid(Id), is_port(Id), is_reference(Id)} end),
    Try("external size", fun() -> byte_size(term_to_binary(Id)) end),
    Try("round", fun() -> binary_to_term(term_to_binary(Id)) =:= Id end),
    Try("send", fun() -> Id ! x end),
    Try("send/2", fun() -> erlang:send(Id, x) end),
    Try("send/3", fun() -> [erlang:send(Id, x, [O]) || O <- [noconnect, nosuspend]] end),
    Try("send_nosuspend", fun() -> [erlang:send_nosuspend(Id, x), erlang:send_nosuspend(Id, x, [noconnect])] end),
    Try("link", fun() -> link(Id) end),
    Try("unlink", fun() -> unlink(Id) end),
    Try("exit", fun() -> exit(Id, kill) end),
    Try("monitor process", fun() -> is_reference(monitor(process, Id)) end),
    Try("monitor port", fun() -> is_reference(monitor(port, Id)) end),
    Try("monitor tag", fun() -> is_reference(monitor(process, Id, [{tag, t}])) end),
    Try("demonitor", fun() -> demonitor(Id) end),
    Try("demonitor flush", fun() -> demonitor(Id, [flush, info]) end),
    Try("unalias", fun() -> unalias(Id) end),
    Try("alive", fun() -> is_process_alive(Id) end),
    Try("process_info", fun() -> process_info(Id) end),
    Try("process_info/2", fun() -> process_info(Id, links) end),
    Try("port_info", fun() -> erlang:port_info(Id) end),
    Try("port_info/2", fun() -> erlang:port_info(Id, links) end),
    Try("port_close", fun() -> port_close(Id) end),
    Try("port_command", fun() -> port_command(Id, "x") end),
    Try("port_connect", fun() -> port_connect(Id, self()) end),
    Try("port_control", fun() -> port_control(Id, 1, "x") end),
    Try("register", fun() -> register(a_name, Id) end),
    Try("process_flag", fun() -> process_flag(Id, save_calls, 1) end),
    Try("suspend", fun() -> erlang:suspend_process(Id) end),
    Try("resume", fun() -> erlang:resume_process(Id) end),
    Try("gc", fun() -> erlang:garbage_collect(Id) end),
    Try("check_process_code", fun() -> erlang:check_process_code(Id, lists) end),
    Try("send_after", fun() -> erlang:send_after(1000000, Id, x) end),
    Try("start_timer", fun() -> erlang:start_timer(1000000, Id, x) end),
    Try("cancel_timer", fun() -> erlang:cancel_timer(Id) end),
    Try("read_timer", fun() -> erlang:read_timer(Id) end),
    Try("process_display", fun() -> erlang:process_display(Id, backtrace) end).

messages() ->
    self() ! last,
    until_last().

until_last() ->
    receive
        last -> [];
        M -> [M | until_last()]
    end.

%% How foreign ones print depends on the numbers that nodes get.
clean(Id, Id) -> id;
clean(R, _) when is_reference(R) -> ref;
clean(P, _) when is_pid(P) -> pid;
clean(T, Id) when is_tuple(T) -> list_to_tuple(clean(tuple_to_list(T), Id));
clean([H | T], Id) -> [clean(H, Id) | clean(T, Id)];
clean(X, _) -> X.
