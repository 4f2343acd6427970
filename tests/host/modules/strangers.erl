%% SPDX-License-Identifier: Apache-2.0
%% Two sandboxes of the same modules: one holds things and gives their bytes away, the other
%% makes terms of the bytes and tries to reach what they name.
-module(strangers).
-export([hold/2, unharmed/0, attack/1, attack_safely/1, hidden_atoms/1]).

%% ---- the one that holds ------------------------------------------------------------
%% Starts a process that holds one of everything and returns all of it in External Term
%% Format. So many pids and references have been used up before that their numbers name nothing
%% in a sandbox that has just begun.
hold(Used, Secret) ->
    [begin {P, M} = spawn_monitor(fun() -> ok end), receive {'DOWN', M, _, P, _} -> ok end end
     || _ <- lists:seq(1, Used)],
    _ = [make_ref() || _ <- lists:seq(1, Used)],
    {Keeper, _} = spawn_monitor(fun() -> keeper(binary_to_atom(Secret)) end),
    register(keeper, Keeper),
    ask(things).

ask(What) ->
    keeper ! {What, self()},
    receive {answer, A} -> A end.

keeper(Secret) ->
    process_flag(trap_exit, true),
    Table = ets:new(table, [public]),
    Named = ets:new(strangers_table, [public, named_table, ordered_set]),
    [ets:insert(T, {k, v}) || T <- [Table, Named]],
    Timer = erlang:start_timer(10000000, self(), x),
    Friend = spawn_link(fun() -> receive never -> ok end end),
    Monitor = monitor(process, Friend),
    Alias = alias(),
    Atomics = atomics:new(1, []),
    persistent_term:put(strangers, Secret),
    put(secret, Secret),
    {ok, Regex} = re:compile("a"),
    Mine = {Table, Named, Timer, Friend, Monitor, Alias, Atomics},
    Things = [{pid, self()}, {pid, Friend}, {table, Table}, {table, ets:whereis(Named)},
              {timer, Timer}, {monitor, Monitor}, {alias, Alias}, {atomics, Atomics},
              {fun_of, fun() -> ets:delete(Table), Secret end}, {export, fun strangers:unharmed/0},
              {ref, make_ref()}, {regex, Regex}],
    loop(Mine, term_to_binary(Things), []).

loop(Mine, Things, Odd) ->
    receive
        {things, From} -> From ! {answer, Things}, loop(Mine, Things, Odd);
        {state, From} -> From ! {answer, state(Mine, Odd)}, loop(Mine, Things, Odd);
        Other -> loop(Mine, Things, [Other | Odd])
    end.

state({Table, Named, Timer, Friend, Monitor, Alias, Atomics}, Odd) ->
    Self = self(),
    [{messages, Odd}, {tables, [ets:tab2list(T) || T <- [Table, Named]]},
     {owners, [ets:info(T, owner) =:= Self || T <- [Table, Named]]},
     {timer, is_integer(erlang:read_timer(Timer))}, {friend, is_process_alive(Friend)},
     {links, process_info(Self, links) =:= {links, [Friend]}},
     {monitors, process_info(Self, monitors) =:= {monitors, [{process, Friend}]}},
     {monitored_by, length(element(2, process_info(Self, monitored_by)))},
     {group_leader, group_leader() =/= Self}, {dictionary, length(get())},
     {atomics, atomics:get(Atomics, 1)},
     {alias, begin Alias ! ping, receive ping -> true after 1000 -> false end end},
     {monitor, is_reference(Monitor)}, {suspended, process_info(Friend, status)}].

%% What is no longer as it was.
unharmed() ->
    ask(state) -- [{messages, []}, {tables, [[{k, v}], [{k, v}]]}, {owners, [true, true]},
                   {timer, true}, {friend, true}, {links, true}, {monitors, true},
                   {monitored_by, 0}, {group_leader, true}, {dictionary, 1}, {atomics, 0},
                   {alias, true}, {monitor, true}, {suspended, {status, waiting}}].

%% ---- the one that attacks ----------------------------------------------------------
%% What was reached.
attack(Bytes) ->
    process_flag(trap_exit, true),
    Things = binary_to_term(Bytes),
    Reached = [{Kind, Name} || {Kind, Id} <- Things, {Name, Nothing, Try} <- tries(Kind, Id),
                               not is_nothing(Nothing, try Try() catch _:_ -> refused end)],
    Names = [{name, N} || {N, Found} <- [{keeper, whereis(keeper)}, {table, ets:whereis(strangers_table)},
                                         {term, persistent_term:get(strangers, undefined)}],
                          Found =/= undefined],
    Heard = receive Message -> [{heard, Message}] after 50 -> [] end,
    Reached ++ Names ++ Heard.

is_nothing(Nothing, Value) -> Value =:= refused orelse lists:member(Value, Nothing).

tries(pid, Pid) ->
    [{send, [hello], fun() -> Pid ! hello end},
     {alive, [false], fun() -> is_process_alive(Pid) end},
     {info, [undefined], fun() -> process_info(Pid) end},
     {messages, [undefined], fun() -> process_info(Pid, messages) end},
     {dictionary, [undefined], fun() -> process_info(Pid, dictionary) end},
     {exit, [true], fun() -> exit(Pid, kill) end},
     {link, [noproc], fun() -> link(Pid), receive {'EXIT', Pid, R} -> R after 1000 -> linked end end},
     {unlink, [true], fun() -> unlink(Pid) end},
     {monitor, [noproc], fun() -> M = monitor(process, Pid), receive {'DOWN', M, _, _, R} -> R after 1000 -> on end end},
     {register, [], fun() -> register(stolen, Pid) end},
     {group_leader, [], fun() -> group_leader(self(), Pid) end},
     {suspend, [], fun() -> erlang:suspend_process(Pid) end},
     {collect, [false], fun() -> erlang:garbage_collect(Pid) end},
     {give, [], fun() -> ets:give_away(ets:new(t, []), Pid, x) end},
     {timer, [false, sent], fun() -> erlang:send_after(0, Pid, late), sent end},
     {tables, [[]], fun() -> [T || T <- ets:all(), ets:info(T, owner) =:= Pid] end},
     {listed, [false], fun() -> lists:member(Pid, processes()) end},
     {state, [], fun() -> sys:get_state(Pid, 50) end},
     {system_task, [false],
      fun() ->
          ok = erts_internal:request_system_task(Pid, normal, {garbage_collect, Pid, major}),
          receive {garbage_collect, Pid, Done} -> Done end
      end}];
tries(table, Tid) ->
    [{list, [], fun() -> ets:tab2list(Tid) end},
     {insert, [], fun() -> ets:insert(Tid, {k, stolen}) end},
     {lookup, [], fun() -> ets:lookup(Tid, k) end},
     {delete, [], fun() -> ets:delete(Tid) end},
     {info, [undefined], fun() -> ets:info(Tid) end},
     {rename, [], fun() -> ets:rename(Tid, stolen) end},
     {fix, [], fun() -> ets:safe_fixtable(Tid, true) end},
     {setopts, [], fun() -> ets:setopts(Tid, {heir, self(), x}) end},
     {listed, [false], fun() -> lists:member(Tid, ets:all()) end}];
tries(timer, Ref) ->
    [{cancel, [false], fun() -> erlang:cancel_timer(Ref) end},
     {read, [false], fun() -> erlang:read_timer(Ref) end}];
tries(monitor, Ref) ->
    [{demonitor, [true], fun() -> demonitor(Ref) end},
     {demonitor_info, [false], fun() -> demonitor(Ref, [info]) end},
     {unalias, [false], fun() -> unalias(Ref) end}];
tries(alias, Ref) ->
    [{send, [hello], fun() -> Ref ! hello end},
     {unalias, [false], fun() -> unalias(Ref) end},
     {abandon, [false], fun() -> erlang:spawn_request_abandon(Ref) end}];
tries(atomics, Ref) ->
    [{put, [], fun() -> atomics:put(Ref, 1, 7) end}, {get, [], fun() -> atomics:get(Ref, 1) end},
     {info, [], fun() -> atomics:info(Ref) end}, {counter, [], fun() -> counters:add(Ref, 1, 1) end}];
tries(fun_of, Fun) ->
    %% Code of this sandbox with free variables that name nothing.
    [{call, [], fun() -> Fun() end}];
tries(export, Fun) ->
    [{call, [], fun() -> Fun() end}];
tries(ref, Ref) ->
    [{request, [], fun() -> zlib:inflate(Ref, <<>>) end},
     {resume, [], fun() -> ets:match(Ref) end},
     {loading, [], fun() -> erlang:finish_loading([Ref]) end},
     {table, [], fun() -> ets:tab2list(Ref) end}];
tries(regex, Regex) ->
    [{match, [nomatch, {match, [{0, 1}]}], fun() -> re:run("a", Regex) end}].

%% The atoms of others do not exist: neither by name nor in a term that may make none.
attack_safely(Bytes) ->
    try binary_to_term(Bytes, [safe]) of
        _ -> decoded
    catch
        error:badarg -> refused
    end.

hidden_atoms(Text) ->
    [catch_badarg(fun() -> binary_to_existing_atom(Text) end),
     catch_badarg(fun() -> list_to_existing_atom(binary_to_list(Text)) end),
     catch_badarg(fun() -> binary_to_term(<<131, 119, (byte_size(Text)), Text/binary>>, [safe]) end),
     catch_badarg(fun() -> erl_scan_atom(Text) end)].

erl_scan_atom(Text) -> binary_to_existing_atom(Text, latin1).

catch_badarg(F) -> try F() of _ -> found catch error:badarg -> badarg end.
