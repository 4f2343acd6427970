%% SPDX-License-Identifier: Apache-2.0
%% ordered_set: order of all types, == keys, steps, slots, selections both ways.
-module(ordered_set).
-export([main/0]).

p(X) -> io:format("~p~n", [X]).
c(F) -> try F() catch C:R -> {C, R} end.

main() ->
    T = ets:new(o, [ordered_set]),
    Keys = [3, 1.5, b, a, {1, 2}, {1}, [1, 2], [], "abc", <<"bin">>, <<1:3>>, #{a => 1}, #{},
            1 bsl 80, -(1 bsl 80), 2.0e300, {a, b, c}, [a | b], -1, 0.0, 'Z', <<>>, {}],
    [ets:insert(T, {K, n}) || K <- Keys],
    p(ets:tab2list(T) =:= [{K, n} || K <- lists:sort(Keys)]),
    p(ets:tab2list(T)),
    p([ets:next(T, K) || K <- lists:sort(Keys)]),
    p([ets:prev(T, K) || K <- lists:sort(Keys)]),
    p([c(fun() -> ets:slot(T, N) end) || N <- lists:seq(0, length(Keys) + 1)]),
    p({ets:first(T), ets:last(T)}),
    p([ets:next(T, X) || X <- [0, 2, 2.5, {1, 1}, aa, [1], <<"a">>, #{b => 1}]]),
    p([ets:prev(T, X) || X <- [0, 2, 2.5, {1, 1}, aa, [1], <<"a">>, #{b => 1}]]),
    N = ets:new(n, [ordered_set]),
    p(ets:insert(N, [{1, a}, {1.0, b}, {2.0, c}])),
    p(ets:tab2list(N)),
    p({ets:lookup(N, 1), ets:lookup(N, 1.0), ets:lookup(N, 2), ets:member(N, 2)}),
    p({ets:insert_new(N, {2, x}), ets:insert(N, {2, x}), ets:tab2list(N)}),
    p({ets:match_object(N, {2.0, '_'}), ets:match_object(N, {2, '_'})}),
    p({ets:delete_object(N, {2.0, x}), ets:tab2list(N)}),
    p({ets:take(N, 2.0), ets:tab2list(N)}),
    p({ets:update_counter(N, 9, 1, {0, 5}), c(fun() -> ets:update_counter(N, 1, {2, 1}) end)}),
    p({ets:update_element(N, 1, {2, 7}), ets:update_counter(N, 1.0, {2, 3}), ets:tab2list(N)}),
    L = ets:new(l, [ordered_set]),
    ets:insert(L, [{I, I rem 3, I * I} || I <- lists:seq(1, 60)]),
    M = [{{'$1', 0, '$2'}, [], [{{'$1', '$2'}}]}],
    p(ets:select(L, M)),
    p(ets:select_reverse(L, M)),
    p(chunks(ets:select(L, M, 7))),
    p(chunks(ets:select_reverse(L, M, 7))),
    p(chunks(ets:match(L, {'$1', 1, '_'}, 6))),
    p(chunks(ets:match_object(L, {'_', 2, '_'}, 20))),
    p(ets:select_count(L, [{{'_', 1, '_'}, [], [true]}])),
    p(ets:select_delete(L, [{{'$1', 1, '_'}, [{'>', '$1', 20}], [true]}])),
    p(ets:select_replace(L, [{{'$1', 2, '$2'}, [], [{{'$1', 2, {'-', '$2'}}}]}])),
    p(ets:tab2list(L)),
    p(ets:foldl(fun({K, _, _}, A) -> [K | A] end, [], L)),
    p(ets:foldr(fun({K, _, _}, A) -> [K | A] end, [], L)),
    parts(),
    churn().

chunks('$end_of_table') -> [];
chunks({L, C}) ->
    [L | chunks(case C of
                    '$end_of_table' -> C;
                    _ -> ets:select(C)
                end)].

%% Partly bound keys: a range of the tree.
parts() ->
    T = ets:new(t, [ordered_set]),
    [ets:insert(T, {{A, B}, A * B}) || A <- lists:seq(1, 8), B <- lists:seq(1, 8)],
    [ets:insert(T, {X, 0}) || X <- [{3}, {3, 3, 3}, [3, 3], 3, {3.0, x}, {4.0, 4}]],
    p(ets:match_object(T, {{3, '_'}, '_'})),
    p(ets:match_object(T, {{3.0, '_'}, '_'})),
    p(ets:match_object(T, {{'_', 3}, '_'})),
    p(ets:select(T, [{{{4, '$1'}, '_'}, [{'>', '$1', 5}], ['$1']}])),
    p(ets:select_reverse(T, [{{{4, '$1'}, '_'}, [], ['$1']}])),
    p(chunks(ets:select(T, [{{{5, '$1'}, '_'}, [], ['$1']}], 3))),
    p(ets:select_count(T, [{{{9, '_'}, '_'}, [], [true]}])),
    p(ets:select_delete(T, [{{{2, '_'}, '_'}, [], [true]}])),
    p(ets:info(T, size)),
    p(ets:match_object(T, {[3 | '_'], '_'})),
    p(ets:match_object(T, {{4, 4}, '_'})).

%% Random inserts and deletes beside an ordered list of the same.
churn() ->
    T = ets:new(t, [ordered_set]),
    {Keys, _} = lists:foldl(
        fun(_, {Ks, S0}) ->
            S = (S0 * 1103515245 + 12345) band 16#7fffffff,
            K = (S bsr 8) rem 500,
            case S bsr 20 rem 3 of
                0 -> ets:delete(T, K), {ordsets:del_element(K, Ks), S};
                _ -> ets:insert(T, {K, S}), {ordsets:add_element(K, Ks), S}
            end
        end, {[], 42}, lists:seq(1, 5000)),
    p([K || {K, _} <- ets:tab2list(T)] =:= Keys),
    p([hd(ets:slot(T, I)) || I <- lists:seq(0, length(Keys) - 1)] =:= ets:tab2list(T)),
    p(erlang:phash2(ets:tab2list(T))).
