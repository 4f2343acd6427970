%% SPDX-License-Identifier: Apache-2.0
%% set: keys of every type, growth and shrinking, whole-table functions.
-module(set_operations).
-export([main/0]).

p(X) -> io:format("~p~n", [X]).

main() ->
    T = ets:new(s, [{keypos, 2}]),
    Keys = [1, 1.0, a, "s", <<"b">>, {1, 2}, [], #{k => v}, 1 bsl 80, fun lists:map/2, <<1:1>>,
            {[{}]}, 'ünïcode', -0.5, lists:seq(1, 40), maps:from_list([{I, I} || I <- lists:seq(1, 50)])],
    p([ets:insert(T, {x, K, I}) || {I, K} <- lists:zip(lists:seq(1, length(Keys)), Keys)]),
    p([element(3, hd(ets:lookup(T, K))) || K <- Keys]),
    p({ets:info(T, size), ets:member(T, 2), ets:member(T, 1.0)}),
    p([ets:insert_new(T, {y, K}) || K <- [a, new]]),
    p([ets:insert(T, {z, a}), ets:lookup(T, a), ets:take(T, a), ets:lookup(T, a)]),
    p([ets:delete(T, nope), ets:delete(T, "s"), ets:member(T, "s")]),
    p([ets:delete_object(T, {y, new, 1}), ets:delete_object(T, {y, new}), ets:lookup(T, new)]),
    p(ets:insert_new(T, [{1, n1}, {2, n2}])),
    p(ets:insert_new(T, [{1, n3}, {2, n2}])),
    p(ets:member(T, n3)),
    growth(),
    order(),
    copies().

growth() ->
    T = ets:new(g, []),
    [ets:insert(T, {I, I * I}) || I <- lists:seq(1, 20000)],
    p(ets:info(T, size)),
    p(lists:all(fun(I) -> ets:lookup(T, I) =:= [{I, I * I}] end, lists:seq(1, 20000))),
    [ets:delete(T, I) || I <- lists:seq(1, 19990)],
    p(lists:sort(ets:tab2list(T))),
    p(length(walk(T, ets:first(T)))),
    p({ets:delete_all_objects(T), ets:tab2list(T), ets:info(T, size)}),
    p({ets:insert(T, {1}), ets:tab2list(T)}).

walk(_, '$end_of_table') -> [];
walk(T, K) -> [K | walk(T, ets:next(T, K))].

%% The place of a key whose hash does not depend on the node is the same everywhere.
order() ->
    T = ets:new(o, []),
    ets:insert(T, [{I} || I <- lists:seq(1, 100)]),
    p(ets:tab2list(T)),
    p(walk(T, ets:first(T))),
    p(ets:select(T, [{{'$1'}, [{'>', '$1', 50}], ['$1']}])),
    W = ets:new(o, [public, {write_concurrency, true}]),
    ets:insert(W, [{I} || I <- lists:seq(1, 100)]),
    p(ets:tab2list(W)),
    B = ets:new(o, []),
    ets:insert(B, [{<<I>>} || I <- lists:seq(1, 60)]),
    ets:insert(B, [{{I, <<I>>}} || I <- lists:seq(1, 60)]),
    ets:insert(B, [{[I, I + 1]} || I <- lists:seq(1, 60)]),
    ets:insert(B, [{I / 4} || I <- lists:seq(1, 60)]),
    ets:insert(B, [{I bsl 70} || I <- lists:seq(1, 60)]),
    p(ets:tab2list(B)),
    A = ets:new(o, []),
    ets:insert(A, [{list_to_atom("a" ++ integer_to_list(I))} || I <- lists:seq(1, 60)]),
    p(ets:tab2list(A)),
    p([{I, S} || I <- lists:seq(0, 255), S <- [ets:slot(T, I)], S =/= []]).

%% What is stored is a copy: later changes to binaries do not show.
copies() ->
    T = ets:new(c, [compressed]),
    B = binary:copy(<<"x">>, 1000),
    C = <<B/binary, 1>>,
    ets:insert(T, {a, C, binary:part(C, 10, 500)}),
    D = <<C/binary, 2, 3>>,
    [{a, E, F}] = ets:lookup(T, a),
    p({byte_size(D), E =:= C, byte_size(F), ets:info(T, compressed)}),
    G = fun(X) -> {X, B} end,
    ets:insert(T, {f, G}),
    [{f, H}] = ets:lookup(T, f),
    p(H(1) =:= {1, B}).
