%% SPDX-License-Identifier: Apache-2.0
%% Tables die with their owner, go to an heir, are given away; protection.
-module(table_ownership).
-export([main/0]).

main() ->
    S = self(),
    P = spawn(fun() -> T = ets:new(x, [public]), ets:insert(T, {a, 1}), S ! {t, T}, receive stop -> ok end end),
    T = receive {t, T0} -> T0 end,
    io:format("~p~n", [ets:lookup(T, a)]),
    M = monitor(process, P), P ! stop, receive {'DOWN', M, _, _, _} -> ok end,
    io:format("~p~n", [t(fun() -> ets:lookup(T, a) end)]),
    {P2, M2} = spawn_monitor(fun() -> H = ets:new(heirloom, [named_table, {heir, S, my_data}]), ets:insert(H, {k, v}) end),
    receive {'DOWN', M2, _, _, _} -> ok end,
    receive {'ETS-TRANSFER', heirloom, P2, my_data} -> io:format("~p~n", [ets:lookup(heirloom, k)]) end,
    P3 = spawn(fun() -> receive {'ETS-TRANSFER', Tab, S, gift} -> ets:insert(Tab, {from, p3}), S ! done, receive stop -> ok end end end),
    io:format("~p~n", [ets:give_away(heirloom, P3, gift)]),
    receive done -> ok end,
    io:format("~p~n", [ets:lookup(heirloom, from)]),
    io:format("~p~n", [t(fun() -> ets:insert(heirloom, {no, 1}) end)]),
    io:format("~p~n", [ets:info(heirloom, owner) =:= P3]),
    M3 = monitor(process, P3), P3 ! stop, receive {'DOWN', M3, _, _, _} -> ok end,
    receive {'ETS-TRANSFER', heirloom, P3, my_data} -> io:format("back~n") after 100 -> io:format("no~n") end,
    Pr = ets:new(private, [private]),
    spawn(fun() -> S ! {r, t(fun() -> ets:lookup(Pr, 1) end)} end),
    receive {r, R} -> io:format("~p~n", [R]) end,
    io:format("~p~n", [t(fun() -> ets:new(heirloom, [named_table]) end)]),
    io:format("~p~n", [ets:rename(heirloom, renamed)]),
    io:format("~p~n", [[ets:whereis(heirloom), is_reference(ets:whereis(renamed))]]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
