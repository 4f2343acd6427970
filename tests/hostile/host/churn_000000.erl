% SPDX-License-Identifier: Apache-2.0
%% What churn_test loads, after it has put other digits for each 000000: the module, a
%% function and an atom are new each time.
-module(churn_000000).
-export([main/1, function_000000/1]).

main(Way) ->
    Self = self(),
    Pids = [spawn_link(fun() -> Self ! {N, ?MODULE:function_000000(N)}, park() end) || N <- [1, 2, 3]],
    [receive {N, atom_000000} -> ok end || N <- [1, 2, 3]],
    Table = ets:new(table_000000, [named_table]),
    ets:insert(Table, {self(), Pids, make_ref(), binary:copy(<<"x">>, 1000)}),
    persistent_term:put(?MODULE, {Table, Pids}),
    erlang:send_after(100000, self(), atom_000000),
    register(name_000000, hd(Pids)),
    die(Way, 0).

park() -> receive never -> ok end.

function_000000(_) ->
    list_to_atom("made_" ++ integer_to_list(erlang:unique_integer([positive])) ++ "_000000"),
    atom_000000.

die(return, _) -> ok;
die(memory, X) -> die(memory, [X, X | X]);
die(persistent, N) -> persistent_term:put(N, binary:copy(<<N>>, 100000)), die(persistent, N + 1);
die(processes, N) -> spawn(fun park/0), die(processes, N + 1);
die(tables, N) -> ets:new(t, []), die(tables, N + 1);
die(atoms, N) -> list_to_atom("atom_000000_" ++ integer_to_list(N)), die(atoms, N + 1);
die(deadline, N) -> die(deadline, N);
die(halt, _) -> erlang:halt(3);
die(crash, N) -> error({crashed, N, lists:seq(1, 100)});
die(timers, N) -> erlang:send_after(100000 + N, self(), N), die(timers, N + 1);
die(links, N) -> monitor(process, self()), monitor(process, spawn(fun park/0)), die(links, N + 1);
die(names, N) -> register(list_to_atom("n_" ++ integer_to_list(N)), spawn(fun park/0)), die(names, N + 1);
die(mailbox, N) -> self() ! N, die(mailbox, N + 1);
die(heap, L) -> die(heap, [L, L]);
die(shared, _) -> double(40, []) =:= double(40, []);
die(collect, _) -> L = lists:seq(1, 20000), collect(L);
die(request, N) -> host:never(N);
die(requests, N) ->
    [spawn(fun() -> host:never(K) end) || K <- lists:seq(1, 20)],
    [spawn(fun() -> host:later(K) end) || K <- lists:seq(1, 20)],
    host:later(N), die(requests, N);
die(keep, _) ->
    F = fun(X) -> {X, "a literal", atom_000000} end,
    spawn(fun() -> receive never -> F(1) end end),
    persistent_term:put({kept, F}, F(2)),
    put(kept, F),
    ok.

double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).

collect(L) -> erlang:garbage_collect(), collect(L).
