%% SPDX-License-Identifier: Apache-2.0
%% What the functions of ets say about bad arguments, down to the cause.
-module(argument_errors).
-export([main/0]).

t(F, A) ->
    R = try apply(ets, F, A)
        catch C:E:S -> {C, E, info(S)}
        end,
    io:format("~w ~w~n  ~w~n", [F, [plain(X) || X <- A], plain(R)]).

info([{_, _, _, I} | _]) -> proplists:get_value(error_info, I).

plain(R) when is_reference(R) -> ref;
plain(P) when is_pid(P) -> pid;
plain(T) when is_tuple(T) -> list_to_tuple([plain(X) || X <- tuple_to_list(T)]);
plain([H | T]) -> [plain(H) | plain(T)];
plain(X) -> X.

main() ->
    S = ets:new(s, []),
    B = ets:new(b, [bag]),
    ets:insert(S, [{a, 1, x}, {b, 2}]),
    ets:insert(B, {a, 1}),
    [t(update_element, A)
     || A <- [[B, a, {2, 3}], [S, zz, {2, 3}], [S, zz, foo], [S, a, {1, 3}], [S, a, {9, 3}],
              [S, a, {0, 3}], [S, a, {x, 3}], [S, a, []], [S, a, [{2, 3} | x]], [S, a, foo],
              [S, a, [{2, 5}, {3, y}]], [S, a, {2}], [zzz, a, {2, 3}], [1, a, {2, 3}],
              [make_ref(), a, {2, 3}]]],
    [t(update_counter, A)
     || A <- [[B, a, 1], [S, zz, 1], [S, a, 1], [S, a, {3, 1}], [S, a, {1, 1}], [S, a, {9, 1}],
              [S, a, []], [S, a, [{2, 1}, {2, 1, 3, 0}]], [S, a, {2, 1.0}], [S, a, foo],
              [S, a, {2, 1, a, 1}], [S, a, {2, 1, 1, a}], [S, a, {2, -10, -5, 7}],
              [S, a, {2, 1 bsl 70}], [S, a, {2, -(1 bsl 70)}], [S, a, [{2, 1} | x]],
              [S, a, {0, 1}], [S, a, {2, 0, 3, 100}], [S, a, {2, 5, 3, 100}],
              [S, n, 1, {x, 5}], [S, n, {2, 1}, foo], 
              [S, n2, {3, 1}, {x, 1, 2}], [S, n3, {3, 1}, {x, 1}], [S, n3, {2, 1}, {x, a}],
              [S, n4, [{2, 1}], {x, 1}], [B, n, 1, {a, 1}]]],
    K = ets:new(k, [{keypos, 3}]),
    t(update_counter, [K, n, {1, 1}, {1, 1, 1}]),
    t(update_counter, [K, n, 1, {1, 1, 1}]),
    t(insert, [K, {1, 2}]),
    t(insert, [K, [{1, 2, 3}, {1, 2}]]),
    t(insert_new, [K, [{1, 2, 3}, {1, 2}]]),
    t(insert, [K, foo]),
    t(insert, [K, []]),
    t(insert, [zz, []]),
    t(insert_new, [K, foo]),
    t(insert, [K, [{1, 2, 3} | x]]),
    t(lookup_element, [K, n, 1]),
    t(lookup_element, [S, a, 9]),
    t(lookup_element, [S, a, 0]),
    t(lookup_element, [S, zz, 1]),
    t(lookup_element, [S, zz, a]),
    [t(F, [S, zz]) || F <- [next, prev]],
    [t(slot, [S, N]) || N <- [-1, a, 100000, 256, 257, 1 bsl 70]],
    [t(new, A) || A <- [[1, []], [a, foo], [a, [foo]], [a, [set | foo]], [a, [{keypos, 0}]],
                        [a, [{keypos, a}]], [a, [{heir, foo, 1}]], [a, [{heir, none}]],
                        [a, [{write_concurrency, 1}]], [a, [{read_concurrency, 1}]],
                        [a, [{decentralized_counters, 1}]], [a, [compressed]]]],
    ets:new(nn, [named_table]),
    t(new, [nn, [named_table]]),
    [t(rename, A) || A <- [[S, 1], [nn, nn], [zz, a], [nn, oo], [S, pp], [oo, nn]]],
    t(delete, [zz]),
    t(delete, [1]),
    t(info, [zz]),
    t(info, [1]),
    t(info, [zz, foo]),
    t(info, [S, foo]),
    t(info, [make_ref()]),
    {Dead, Mon} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Mon, _, _, _} -> ok end,
    t(give_away, [S, self(), x]),
    t(give_away, [S, foo, x]),
    t(give_away, [S, Dead, x]),
    [t(setopts, [S, O])
     || O <- [foo, [], {heir, foo}, {protection, public}, [{heir, none}, {heir, none}],
              [{protection, foo}], {heir, Dead, x}, [{heir, none} | x], {foo, 1}]],
    t(safe_fixtable, [S, foo]),
    [t(select, [S, M]) || M <- [foo, [], [foo], [{'_', [], []}], [{'_', [foo], [bar]}]]],
    t(select, [S, [], 3]),
    t(select, [S, [{'$1', [], ['$1']}], 0]),
    t(select, [S, [{'$1', [], ['$1']}], a]),
    t(select, [foo]),
    t(select, [{S, 1}]),
    t(select, [{}]),
    t(select, ['$end_of_table']),
    t(match, [S, '_', a]),
    t(match, [S, foo]),
    t(match, [S, {'$1'}, 3]),
    t(match, ['$end_of_table']),
    t(match_object, [foo]),
    t(select_reverse, [{S, 0, 0, 0, 0, 0}]),
    [t(F, [S, foo]) || F <- [select_count, select_replace, internal_select_delete]],
    [t(F, [S, []]) || F <- [select_count, select_replace, internal_select_delete]],
    t(select_replace, [B, [{'_', [], ['$_']}]]),
    t(match_spec_compile, [foo]),
    t(match_spec_compile, [[]]),
    t(match_spec_run_r, [foo, 1, []]),
    t(match_spec_run_r, [[a], 1, []]),
    t(is_compiled_ms, [foo]),
    t(whereis, [1]),
    t(whereis, [zz]),
    t(member, [zz, 1]),
    t(take, [zz, 1]),
    t(delete_object, [S, foo]),
    t(delete_object, [S, {}]),
    P = ets:new(p, [private]),
    Q = ets:new(q, []),
    {_, M} = spawn_monitor(fun() ->
        [t(F, [P, 1]) || F <- [lookup, member, take, delete, next, slot]],
        t(first, [P]),
        t(lookup, [Q, 1]),
        t(insert, [Q, {1}]),
        t(delete, [Q]),
        t(setopts, [Q, {protection, public}]),
        t(give_away, [Q, self(), 1]),
        t(safe_fixtable, [P, true]),
        t(info, [P, size]),
        t(rename, [Q, r])
    end),
    receive {'DOWN', M, _, _, R} -> io:format("~p~n", [R]) end,
    ets:delete(Q),
    [t(F, [Q, 1]) || F <- [lookup, insert, delete, next]],
    t(delete, [Q]),
    t(info, [Q]).
