%% SPDX-License-Identifier: Apache-2.0
%% Each type test on values of each type, as guard and as expression.
-module(type_tests).
-export([main/0]).
-record(a, {v}).

main() ->
    Vs = [0, -1, 1 bsl 70, 1.5, a, true, [], [1], "str", [1 | 2], {}, {a, 1}, <<>>, <<1>>, <<1:3>>,
          #{}, #{a => 1}, fun() -> ok end, fun lists:map/2, self(), make_ref()],
    [io:format("~2w ~w~n", [I, lists:append([g(X), e(X)])])
     || {I, X} <- lists:zip(lists:seq(1, length(Vs)), Vs)].

g(X) ->
    [T || {T, true} <- [
        {integer, if is_integer(X) -> true; true -> false end},
        {float, if is_float(X) -> true; true -> false end},
        {number, if is_number(X) -> true; true -> false end},
        {atom, if is_atom(X) -> true; true -> false end},
        {boolean, if is_boolean(X) -> true; true -> false end},
        {list, if is_list(X) -> true; true -> false end},
        {tuple, if is_tuple(X) -> true; true -> false end},
        {binary, if is_binary(X) -> true; true -> false end},
        {bitstring, if is_bitstring(X) -> true; true -> false end},
        {map, if is_map(X) -> true; true -> false end},
        {function, if is_function(X) -> true; true -> false end},
        {function2, if is_function(X, 2) -> true; true -> false end},
        {function0, if is_function(X, 0) -> true; true -> false end},
        {pid, if is_pid(X) -> true; true -> false end},
        {port, if is_port(X) -> true; true -> false end},
        {reference, if is_reference(X) -> true; true -> false end},
        {record, if is_record(X, a) -> true; true -> false end},
        {record2, if is_record(X, a, 2) -> true; true -> false end}]].

e(X) ->
    [N || {N, true} <- lists:zip(lists:seq(1, 14), [
        is_integer(X), is_float(X), is_number(X), is_atom(X), is_boolean(X), is_list(X), is_tuple(X),
        is_binary(X), is_bitstring(X), is_map(X), is_function(X), is_pid(X), is_port(X), is_reference(X)])].
