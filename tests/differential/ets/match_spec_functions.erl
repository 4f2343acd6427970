%% SPDX-License-Identifier: Apache-2.0
%% The functions of match specifications with one and two arguments, good and bad.
-module(match_spec_functions).
-export([main/0]).

m(Spec) ->
    Answer = try erlang:match_spec_test({r, 2}, Spec, table)
             catch Class:Reason -> {Class, Reason}
             end,
    io:format("~w~n  ~p~n", [Spec, Answer]).

main() ->
    Values = [a, 6, -2.5, <<"abc">>, [], [1, 2], {{1, 2}}, #{x => 1}, true, 1 bsl 70],
    [m([{'$1', [], [{F, V}]}])
     || F <- [is_atom, is_float, is_integer, is_list, is_number, is_pid, is_port, is_reference,
              is_tuple, is_map, is_binary, is_bitstring, is_boolean, is_function, abs, hd, tl,
              length, node, round, size, bit_size, byte_size, tuple_size, map_size, trunc, float,
              floor, ceil, 'not', 'bnot', '+', '-', element],
        V <- Values],
    [m([{'$1', [], [{F, A, B}]}])
     || F <- ['+', '-', '*', '/', 'div', 'rem', 'band', 'bor', 'bxor', 'bsl', 'bsr', '>', '>=',
              '<', '=<', '=:=', '==', '=/=', '/=', 'xor', 'and', 'or', 'andalso', 'orelse', min,
              element, map_get, is_map_key, is_function, is_record, binary_part, '++'],
        {A, B} <- [{6, 4}, {6, 0}, {1, 1.0}, {true, false}, {true, a}, {a, true}, {2, {{a, b}}},
                   {x, #{x => 1}}, {<<"abc">>, {{1, 1}}}, {1 bsl 80, 3}]],
    [m([{'$1', [], [{binary_part, <<"abc">>, P, L}]}]) || P <- [0, 1, 4], L <- [0, 1, -1]],
    [m([{'$1', [], [{is_record, '$1', R, N}]}]) || R <- [r, s], N <- [2, 3, x]],
    m([{'$1', [], [{'==', {self}, {self}}]}]),
    m([{'$1', [], [{node}]}]),
    ok.
