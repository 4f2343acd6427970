%% SPDX-License-Identifier: Apache-2.0
%% Who owns a table: names, give_away, heirs, the end of the owner.
-module(owners).
-export([main/0]).

p(X) -> io:format("~p~n", [X]).
c(F) -> try F() catch C:R -> {C, R} end.

run(F) ->
    {_, M} = spawn_monitor(F),
    receive {'DOWN', M, _, _, R} -> R end.

main() ->
    Self = self(),
    %% A table dies with its owner.
    run(fun() -> Self ! {t, ets:new(x, [public, named_table])} end),
    receive {t, X} -> p({X, ets:info(x), ets:whereis(x), c(fun() -> ets:lookup(x, 1) end)}) end,
    %% An heir gets it.
    run(fun() ->
        T = ets:new(h, [{heir, Self, {some, data}}]),
        ets:insert(T, {1, one})
    end),
    receive
        {'ETS-TRANSFER', H, _, D} ->
            p({D, ets:lookup(H, 1), ets:info(H, owner) =:= Self, ets:info(H, heir) =:= Self}),
            ets:delete(H)
    end,
    run(fun() -> ets:new(named, [named_table, {heir, Self, x}]), exit(bang) end),
    receive {'ETS-TRANSFER', N, _, x} -> p({N, ets:delete(N)}) end,
    %% An heir that is gone does not.
    {Dead, M} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', M, _, _, _} -> ok end,
    run(fun() -> Self ! {heir, ets:info(ets:new(d, [{heir, Dead, x}]), heir)} end),
    receive {heir, I} -> p(I) end,
    %% give_away
    G = ets:new(g, []),
    {Child, M2} = spawn_monitor(fun() ->
        receive {'ETS-TRANSFER', G, From, Gift} ->
            p({From =:= Self, Gift, ets:info(G, owner) =:= self(), ets:insert(G, {1})})
        end,
        receive go -> ok end,
        p(ets:give_away(G, Self, back))
    end),
    p(ets:give_away(G, Child, gift)),
    p(c(fun() -> ets:give_away(G, Child, gift) end)),
    Child ! go,
    receive {'ETS-TRANSFER', G, Child, back} -> p(ets:tab2list(G)) end,
    receive {'DOWN', M2, _, _, R2} -> p(R2) end,
    %% setopts
    p({ets:setopts(G, [{heir, Self, y}, {protection, private}]), ets:info(G, protection)}),
    p(run(fun() -> p(c(fun() -> ets:lookup(G, 1) end)) end)),
    p({ets:setopts(G, {heir, none}), ets:info(G, heir)}),
    %% Names
    A = ets:new(a1, [named_table]),
    p({A, ets:rename(a1, a2), ets:info(a1), ets:info(a2, name), c(fun() -> ets:insert(a1, {1}) end)}),
    B = ets:new(b1, []),
    p({is_reference(B), ets:rename(B, b2) =:= B, ets:info(B, name), ets:whereis(b2)}),
    p(ets:lookup(ets:whereis(a2), 1)),
    p(c(fun() -> ets:new(a2, [named_table]) end)),
    p({ets:insert(a2, {1}), ets:lookup(ets:whereis(a2), 1)}),
    %% An identifier that went through the external format still is one.
    T = binary_to_term(term_to_binary(B)),
    p({ets:insert(T, {k, v}), ets:lookup(B, k), T =:= B}),
    Before = length(ets:all()),
    E = [ets:new(many, []) || _ <- lists:seq(1, 300)],
    p({length(ets:all()) - Before, lists:member(hd(E), ets:all()), lists:member(a2, ets:all())}),
    [ets:delete(Z) || Z <- E],
    p(length(ets:all()) - Before),
    run(fun() -> [ets:insert(ets:new(many, []), {I}) || I <- lists:seq(1, 300)] end),
    p(length(ets:all()) - Before).
