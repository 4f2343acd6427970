%% SPDX-License-Identifier: Apache-2.0
%% Making and changing tuples; the natives of lists.
-module(tuples_and_lists).
-export([main/0]).

main() ->
    show(fun() -> erlang:make_tuple(id(-1), a) end),
    show(fun() -> tuple_size(erlang:make_tuple(id(100000), a)) end),
    show(fun() -> erlang:make_tuple(id(16777216), a) end),
    show(fun() -> erlang:make_tuple(id(1 bsl 70), a) end),
    show(fun() -> erlang:make_tuple(id(3), a, [{1, b}, {3, c}, {1, d}]) end),
    show(fun() -> erlang:make_tuple(id(3), a, [{0, b}, {3, c}]) end),
    show(fun() -> erlang:make_tuple(id(3), a, [{1, b, c}]) end),
    show(fun() -> erlang:make_tuple(id(3), a, [{1, b} | x]) end),
    show(fun() -> erlang:make_tuple(id(3), a, x) end),
    show(fun() -> erlang:append_element(id({a}), a) end),
    show(fun() -> erlang:append_element(id(a), a) end),
    [show(fun() -> erlang:insert_element(id(I), id({a}), b) end) || I <- [0, 1, 2, 3, a, 1 bsl 70]],
    [show(fun() -> erlang:delete_element(id(I), id({a})) end) || I <- [0, 1, 2, a]],
    [show(fun() -> setelement(id(I), id({a}), b) end) || I <- [0, 1, 2, x]],
    [show(fun() -> element(id(I), id({a})) end) || I <- [0, 1, 2, x, -1, 1 bsl 70]],
    show(fun() -> list_to_tuple(id([a | b])) end),
    show(fun() -> {list_to_tuple(id([])), list_to_tuple(id([1, 2]))} end),
    show(fun() -> tuple_to_list(id(x)) end),
    [show(fun() -> lists:reverse(id(A), id(B)) end) || {A, B} <- [{[a | b], c}, {b, c}, {[1], c}, {[1, 2, 3], [4]}]],
    [show(fun() -> lists:member(id(A), id(B)) end)
     || {A, B} <- [{1, [2 | b]}, {1, [1 | b]}, {1, [1.0]}, {{a}, [{a}]}, {a, []}, {1 bsl 70, [1, 1 bsl 70]}, {a, b}]],
    [show(fun() -> {lists:keyfind(id(K), id(N), id(L)), lists:keymember(K, N, L), lists:keysearch(K, N, L)} end)
     || {K, N, L} <- [{1, 0, [2 | b]}, {1, 1, [2 | b]}, {1, 1, [{1.0} | b]}, {1, 1 bsl 70, [{1.0}]}, {1, a, [{1.0}]},
                      {1, 1, a}, {x, 2, [{x}, y, {y, x}, {x, x}]}, {x, 1, []}, {{1}, 1, [{{1.0}, b}]}]],
    [show(fun() -> id(A) ++ id(B) end) || {A, B} <- [{[1], b}, {1, b}, {[1 | 2], b}, {[], b}, {[1, 2], [3]}]],
    [show(fun() -> id(A) -- id(B) end)
     || {A, B} <- [{[1 | 2], []}, {[1], [2 | 3]}, {[1], a}, {b, [a]}, {[1, 1.0, 1], [1.0]}, {[1, 2, 1, 2, 3], [2, 1, 4]},
                   {lists:seq(1, 50), lists:seq(3, 48)}, {[{X} || X <- [1, 2, 3, 1]], [{X} || X <- lists:seq(1, 40)]}]],
    show(fun() -> erlang:append(id(b), id([a])) end),
    show(fun() -> erlang:subtract(id(b), id([a])) end),
    [show(fun() -> length(id(L)) end) || L <- [[], [1, 2], [1 | 2], x]],
    [show(fun() -> {hd(id(L)), tl(id(L))} end) || L <- [[1], [1 | 2], [], x]],
    [show(fun() -> tl(id(L)) end) || L <- [[], {}]].

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
