%% SPDX-License-Identifier: Apache-2.0
%% One function for each limit, which uses N of what it bounds and gives it back: ok, or what
%% the guest saw instead.
-module(limited).
-export([compare_for_ever/0, watch/0, watched/0,
         processes/1, links/1, aliases/1, names/1, atoms/1, ets_tables/1, timers/1,
         persistent_terms/1, mailbox/1, message/1, process_heap/1, term_size/1, packed_size/1,
         term_depth/1, long_list/1, regex_size/1, regex_names/1, regex_steps/1, output/1, requests/1, events/1,
         builtin_work/1, grow/1, hoard/1, forever/1, wait/1, load/1, literal/0, link_process/1]).

%% Makes N things, one after the other; all are gone afterwards.
use(N, Make, Drop) -> use(N, Make, Drop, []).

use(0, _, Drop, Made) -> lists:foreach(Drop, Made);
use(N, Make, Drop, Made) ->
    try Make(N) of
        Thing -> use(N - 1, Make, Drop, [Thing | Made])
    catch
        error:Reason -> lists:foreach(Drop, Made), {error, Reason}
    end.

idle() -> spawn(fun() -> receive never -> ok end end).

kill(Pid) -> exit(Pid, kill).

name(N) -> list_to_atom("name" ++ integer_to_list(N)).

processes(N) -> use(N, fun(_) -> idle() end, fun kill/1).

links(N) ->
    Pid = idle(),
    Result = use(N, fun(_) -> monitor(process, Pid) end, fun demonitor/1),
    kill(Pid),
    Result.

link_process(N) ->
    process_flag(trap_exit, true),
    use(N, fun(_) -> spawn_link(fun() -> receive never -> ok end end) end, fun kill/1).

aliases(N) -> use(N, fun(_) -> alias() end, fun unalias/1).

names(N) ->
    use(N, fun(I) ->
               Pid = idle(),
               try register(name(I), Pid) of true -> Pid
               catch error:Reason -> kill(Pid), error(Reason)
               end
           end, fun kill/1).

atoms(N) ->
    use(N, fun(_) -> list_to_atom(integer_to_list(erlang:unique_integer([positive]), 36)) end,
        fun(_) -> ok end).

ets_tables(N) -> use(N, fun(_) -> ets:new(t, []) end, fun ets:delete/1).

timers(N) ->
    use(N, fun(_) -> erlang:start_timer(100000000, self(), x) end, fun erlang:cancel_timer/1).

persistent_terms(N) ->
    use(N, fun(I) -> persistent_term:put({limited, I}, I), {limited, I} end,
        fun persistent_term:erase/1).

%% How a process that runs Fun ends.
outcome(Fun) ->
    {Pid, Monitor} = spawn_monitor(Fun),
    receive {'DOWN', Monitor, process, Pid, normal} -> ok;
            {'DOWN', Monitor, process, Pid, Reason} -> {down, Reason}
    end.

mailbox(N) ->
    {Pid, Monitor} = spawn_monitor(fun() -> receive stop -> ok end end),
    [Pid ! I || I <- lists:seq(1, N)],
    receive {'DOWN', Monitor, process, Pid, Reason} -> {down, Reason}
    after 50 -> demonitor(Monitor, [flush]), kill(Pid), ok
    end.

message(N) ->
    try self() ! lists:seq(1, N) of
        List -> receive List -> ok end
    catch
        error:Reason -> {error, Reason}
    end.

process_heap(N) -> outcome(fun() -> lists:seq(1, N), garbage_collect(), keep(lists:seq(1, N)) end).

keep(List) -> garbage_collect(), _ = length(List), garbage_collect(), _ = length(List), ok.

decode(Bytes) ->
    try binary_to_term(Bytes) of _ -> ok
    catch error:Reason -> {error, Reason}
    end.

term_size(N) -> decode(term_to_binary(lists:seq(1, N))).
packed_size(N) -> decode(term_to_binary(lists:duplicate(N, 0), [compressed])).
term_depth(N) -> decode(term_to_binary(lists:foldl(fun(_, T) -> {T} end, [], lists:seq(2, N)))).
%% Long, but not deep: as one list and cell by cell.
long_list(N) ->
    ok = decode(term_to_binary(lists:seq(1, N))),
    Cells = [<<108, 1:32, 97, 1>> || _ <- lists:seq(1, N)],
    decode(iolist_to_binary([131, Cells, 106])).

regex_size(N) ->
    %% Never the one that is kept compiled.
    Other = integer_to_list(erlang:unique_integer([positive])),
    try re:compile([lists:duplicate(N, $a), Other]) of {ok, _} -> ok
    catch error:Reason -> {error, Reason}
    end.

regex_names(N) ->
    %% Those behind the first N are none.
    Other = integer_to_list(erlang:unique_integer([positive])),
    Names = [["(?<n", integer_to_list(I), ">a)"] || I <- lists:seq(1, N - 2)],
    try re:compile([Names, "(?P<p>b)(?'q'c)(?<=d)(?<!e)(?P=p)(?:f)", Other]) of {ok, _} -> ok
    catch error:Reason -> {error, Reason}
    end.

regex_steps(N) ->
    case re:run(lists:duplicate(N, $a), "^(a+)+\\d", [report_errors]) of
        nomatch -> ok;
        Other -> Other
    end.

output(N) ->
    Reference = make_ref(),
    user ! {io_request, self(), Reference, {put_chars, latin1, lists:duplicate(N, $x)}},
    receive {io_reply, Reference, Reply} -> Reply end.

%% N processes call a function of the host that is answered when the last one has asked, or when
%% one that was refused has written something.
requests(N) ->
    Ask = fun() ->
              exit(try host:hold() catch error:Reason -> ok = output(1), {error, Reason} end)
          end,
    Asking = [spawn_monitor(Ask) || _ <- lists:seq(1, N)],
    Ends = [receive {'DOWN', M, process, P, Reason} -> Reason end || {P, M} <- Asking],
    case lists:usort(Ends) -- [held] of
        [] -> ok;
        [Other] -> Other
    end.

events(0) -> ok;
events(N) -> {error, eacces} = file:read_file("/etc/passwd"), events(N - 1).

builtin_work(N) ->
    outcome(fun() ->
                A = shared(N, []), B = shared(N, []),
                ok = if A == B -> ok end
            end).

shared(0, T) -> T;
shared(N, T) -> shared(N - 1, [T | T]).

%% A process that grows until it is refused, and goes.
grow(_) -> outcome(fun() -> grow_on([]) end).
grow_on(L) -> grow_on([binary:copy(<<0>>, 100000) | L]).

%% A table that stays when the process that fills it is refused more; then the next one fills it.
hoard(N) ->
    ets:new(hoard, [named_table, public]),
    hoard_on(N).

hoard_on(N) ->
    {_, Monitor} = spawn_monitor(fun() -> fill(N) end),
    receive {'DOWN', Monitor, process, _, _} -> hoard_on(N + 1000000) end.

fill(I) -> ets:insert(hoard, {I, erlang:make_tuple(100, I)}), fill(I + 1).

forever(N) -> forever(N).

wait(_) -> receive never -> ok end.

%% As a guest loads a module; how it failed, without what differs.
load(Bytes) ->
    code:purge(guest),
    case code:load_binary(guest, "guest.beam", Bytes) of
        {module, guest} -> code:delete(guest), code:purge(guest), ok;
        Other -> Other
    end.

literal() -> {"literals that are longer than what zlib makes of them", "aaaaaaaaaaaaaaaaaaaaaaaa"}.

%% In a builtin nearly all of the time.
compare_for_ever() -> compare_for_ever(lists:seq(1, 300000), lists:seq(1, 300000)).
compare_for_ever(A, B) -> true = A =:= B, compare_for_ever(A, B).

%% A process whose comparisons are long and right.
watch() ->
    A = lists:seq(1, 300000),
    register(watcher, spawn(fun() -> watch(A, lists:seq(1, 300000), 0) end)),
    ok.
watch(A, B, N) ->
    true = A =:= B,
    receive {ask, From} -> From ! {compared, N} after 0 -> ok end,
    watch(A, B, N + 1).

watched() ->
    watcher ! {ask, self()},
    receive {compared, N} -> is_integer(N) end.
