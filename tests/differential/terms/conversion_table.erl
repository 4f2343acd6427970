%% SPDX-License-Identifier: Apache-2.0
%% Conversions between all types, good and bad.
-module(conversion_table).
-export([main/0]).

main() ->
    Vs = [0, -7, 1 bsl 70, 1.5, -0.25, abc, 'a b', [], "text", [1 | 2], [300], {}, {1, 2}, <<>>, <<"42">>, <<"x">>, <<1:1>>, "42", "1.5", <<"1.5">>, [$a, [$b]], #{}],
    Fs = [atom_to_list, list_to_atom, integer_to_list, list_to_integer, float_to_list, list_to_float, list_to_tuple, tuple_to_list,
          list_to_binary, binary_to_list, atom_to_binary, binary_to_atom, integer_to_binary, binary_to_integer, float_to_binary,
          binary_to_float, list_to_bitstring, bitstring_to_list, iolist_to_binary, trunc, round, float, abs, list_to_existing_atom],
    [io:format("~p ~w~n", [F, [case t(fun() -> erlang:F(V) end) of {ok, X} -> {X}; {error, R} -> R end || V <- Vs]]) || F <- Fs].

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
