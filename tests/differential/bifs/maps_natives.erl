%% SPDX-License-Identifier: Apache-2.0
%% The natives of maps and erts_internal with every kind of argument.
-module(maps_natives).
-export([main/0]).

main() ->
    M = id(#{a => 1, b => 2, 3 => 4}),
    L = maps:from_list([{I, I} || I <- lists:seq(1, 40)]),
    B = maps:from_list([{I, I} || I <- lists:seq(1, 1000)]),
    [show(fun() -> erts_internal:map_next(id(P), X, id(A)) end)
     || {P, X, A} <- [{0, M, iterator}, {0, M, []}, {0, M, [x]}, {1, M, [x]}, {0, #{}, iterator}, {0, #{}, []},
                      {0, L, []}, {0, L, iterator}, {11, L, iterator}, {0, M, foo}]],
    [show(fun() -> class(fun() -> erts_internal:map_next(id(P), id(X), A) end) end)
     || {P, X, A} <- [{-1, L, iterator}, {a, L, iterator}, {0, a, iterator}, {0, L, foo}, {16#FFFF, B, iterator}]],
    show(fun() -> pairs(erts_internal:map_next(0, B, iterator)) end),
    show(fun() -> maps:to_list(B) end),
    show(fun() -> maps:fold(fun(K, V, Acc) -> [K + V | Acc] end, [], B) end),
    show(fun() -> erts_internal:map_to_tuple_keys(M) end),
    show(fun() -> class(fun() -> erts_internal:map_to_tuple_keys(L) end) end),
    show(fun() -> erts_internal:map_to_tuple_keys(id(x)) end),
    show(fun() -> length(erts_internal:map_hashmap_children(L)) end),
    show(fun() -> [erts_debug:size(maps:from_list([{I, I} || I <- lists:seq(1, N)])) || N <- [33, 40, 100, 1000, 20000]] end),
    show(fun() -> erts_internal:map_hashmap_children(M) end),
    show(fun() -> erts_internal:map_hashmap_children(id(x)) end),
    Big = id(<<1:800>>),
    show(fun() -> [erts_internal:term_type(X)
                   || X <- [a, 1, 1 bsl 70, 1.0, [], [a], {}, M, L, <<1>>, Big, binary:part(Big, 1, 70), self(), make_ref(),
                            fun() -> 1 end, fun lists:map/2, -(1 bsl 70), element(2, binary:compile_pattern(<<"a">>)),
                            binary_to_term(<<131, 103, 100, 0, 3, $a, $@, $b, 0, 0, 0, 1, 0, 0, 0, 0, 1>>)]] end),
    show(fun() -> [erts_internal:cmp_term(X, Y) || {X, Y} <- [{1, 1.0}, {1.0, 1}, {1, 2}, {2, 1}, {a, 1}, {1, 1}, {[1], [1.0]}]] end),
    [show(fun() -> F(id(K), id(X)) end)
     || F <- [fun maps:find/2, fun maps:get/2, fun maps:is_key/2, fun maps:remove/2, fun maps:take/2, fun erlang:map_get/2,
              fun erlang:is_map_key/2],
        {K, X} <- [{a, M}, {z, M}, {3, M}, {3.0, M}, {z, x}]],
    [show(fun() -> F(id(X)) end)
     || F <- [fun maps:keys/1, fun maps:values/1, fun erlang:map_size/1, fun maps:size/1, fun maps:to_list/1], X <- [M, #{}, L, x]],
    [show(fun() -> maps:merge(id(X), id(Y)) end) || {X, Y} <- [{x, M}, {M, x}, {x, y}, {M, #{a => 5, q => 1}}, {#{}, M}, {M, #{}}]],
    [show(fun() -> F(id(K), 9, id(X)) end) || F <- [fun maps:put/3, fun maps:update/3], {K, X} <- [{a, x}, {a, M}, {z, M}]],
    [show(fun() -> maps:from_list(id(X)) end) || X <- [[{a, 1}, {a, 2}, b], [{a, 1}, {a, 2}], [{a, 1} | x], x, [{a, 1, 2}], [], [{1, a}, {1.0, b}]]],
    [show(fun() -> maps:from_keys(id(X), 1) end) || X <- [[a, b, a], [a | b], x, []]],
    show(fun() -> map_size(maps:from_keys(lists:seq(1, 9000), 1)) end),
    show(fun() -> N = maps:from_list([{I rem 5000, I} || I <- lists:seq(1, 15000)]),
                  {map_size(N), [maps:get(K, N) || K <- [0, 1, 7, 4999]]} end).

    %% All pairs of an iteration, batch after batch.
pairs({K, V, Next}) -> [{K, V} | pairs(Next)];
pairs([Path | Map]) -> pairs(erts_internal:map_next(Path, Map, iterator));
pairs(none) -> [].

class(F) ->
        try F()
        catch C:E:Trace -> {M, N, A, _} = hd(Trace), {C, E, M, N, length(A)}
        end.

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
