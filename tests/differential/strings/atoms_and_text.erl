%% SPDX-License-Identifier: Apache-2.0
%% Atoms to text and back in all encodings.
-module(atoms_and_text).
-export([main/0]).

main() ->
    io:format("~p~n", [[atom_to_list(A) || A <- [a, '', 'A b', 'é', '日本', '\n']]]),
    io:format("~p~n", [[atom_to_binary(A) || A <- [a, '', 'é', '日本']]]),
    io:format("~p~n", [[t(fun() -> atom_to_binary(A, latin1) end) || A <- [a, 'é', '日本']]]),
    io:format("~tp~n", [[list_to_atom(L) || L <- ["abc", "", "Abc", "é", "日本", "with space", "1"]]]),
    io:format("~p~n", [[list_to_existing_atom("lists"), binary_to_existing_atom(<<"maps">>)]]),
    io:format("~p~n", [t(fun() -> list_to_existing_atom("an atom that nobody has made so far") end)]),
    io:format("~p~n", [[t(fun() -> binary_to_atom(B) end) || B <- [<<"x">>, <<255>>, <<1:1>>, x, "x"]]]),
    io:format("~p~n", [[t(fun() -> list_to_atom(L) end) || L <- [[16#110000], [-1], a, [a], [$a | $b]]]]),
    io:format("~p~n", [binary_to_atom(<<233>>, latin1)]),
    io:format("~w ~p~n", ['it\'s', 'new\nline']),
    io:format("~w~n", [['end', 'Case', '_x', x_1, 'x-y', 'a@b', '@', 'ö', 'Ö']]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
