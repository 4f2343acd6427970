%% SPDX-License-Identifier: Apache-2.0
%% Dijkstra, topological order, union-find, knapsack, edit paths, n-queens with bits.
-module(graph_algorithms).
-export([main/0]).

main() ->
    G = #{a => [{b, 7}, {c, 9}, {f, 14}], b => [{c, 10}, {d, 15}], c => [{d, 11}, {f, 2}], d => [{e, 6}], f => [{e, 9}], e => []},
    io:format("~p~n", [dijkstra(G, [{0, a, [a]}], #{})]),
    io:format("~p~n", [topo([{shirt, tie}, {tie, jacket}, {trousers, shoes}, {trousers, belt}, {belt, jacket}])]),
    io:format("~p~n", [knapsack([{60, 10}, {100, 20}, {120, 30}], 50)]),
    io:format("~p~n", [queens(8)]),
    io:format("~p~n", [components(lists:seq(1, 10), [{1, 2}, {3, 4}, {2, 3}, {6, 7}, {9, 10}, {10, 6}])]),
    io:format("~p~n", [lcs("AGGTABQWERTY", "GXTXAYBWRT")]),
    io:format("~p~n", [[length(permutations(lists:seq(1, N))) || N <- lists:seq(0, 6)]]),
    io:format("~p~n", [primes(200)]).

dijkstra(_, [], Done) -> lists:sort(maps:to_list(Done));
dijkstra(G, Q, Done) ->
    [{D, N, P} | R] = lists:sort(Q),
    case Done of
        #{N := _} -> dijkstra(G, R, Done);
        #{} -> dijkstra(G, [{D + W, M, [M | P]} || {M, W} <- maps:get(N, G)] ++ R, Done#{N => {D, lists:reverse(P)}})
    end.

topo(Es) -> topo(lists:usort([N || {A, B} <- Es, N <- [A, B]]), Es).
topo([], _) -> [];
topo(Ns, Es) ->
    [F | _] = [N || N <- Ns, not lists:keymember(N, 2, Es)],
    [F | topo(Ns -- [F], [E || {A, _} = E <- Es, A =/= F])].

knapsack(Items, Cap) -> lists:max(lists:foldl(fun({V, W}, Best) ->
    [max(lists:nth(C + 1, Best), if C >= W -> lists:nth(C - W + 1, Best) + V; true -> 0 end) || C <- lists:seq(0, Cap)] end, lists:duplicate(Cap + 1, 0), Items)).

queens(N) -> queens((1 bsl N) - 1, 0, 0, 0).
queens(All, All, _, _) -> 1;
queens(All, Cols, D1, D2) -> place(All band bnot (Cols bor D1 bor D2), All, Cols, D1, D2, 0).
place(0, _, _, _, _, S) -> S;
place(Free, All, C, D1, D2, S) ->
    Bit = Free band -Free,
    place(Free bxor Bit, All, C, D1, D2, S + queens(All, C bor Bit, (D1 bor Bit) bsl 1, (D2 bor Bit) bsr 1)).

components(Ns, Es) ->
    M = lists:foldl(fun({A, B}, P) -> P#{root(A, P) => root(B, P)} end, maps:from_list([{N, N} || N <- Ns]), Es),
    lists:sort(maps:values(maps:groups_from_list(fun(N) -> root(N, M) end, Ns))).
root(N, P) -> case P of #{N := N} -> N; #{N := M} -> root(M, P) end.

lcs(A, B) -> {_, [L | _]} = lists:foldl(fun(X, {_, Prev}) -> {X, row(X, lists:reverse(B), lists:reverse(Prev))} end, {x, lists:duplicate(length(B) + 1, [])}, A), lists:reverse(L).
row(X, RB, RPrev) -> row(X, lists:reverse(RB), RPrev, [[]]).
row(_, [], _, Acc) -> Acc;
row(X, [X | B], [P | Ps], Acc) -> row(X, B, Ps, [[X | P] | Acc]);
row(X, [_ | B], [_, U | Ps], [L | _] = Acc) -> row(X, B, [U | Ps], [if length(U) > length(L) -> U; true -> L end | Acc]).

permutations([]) -> [[]];
permutations(L) -> [[H | T] || H <- L, T <- permutations(L -- [H])].
primes(N) -> S = lists:seq(2, N), lists:foldl(fun(P, L) -> [X || X <- L, X =:= P orelse X rem P =/= 0] end, S, [P || P <- S, P * P =< N]).
