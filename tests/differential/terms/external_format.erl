%% SPDX-License-Identifier: Apache-2.0
%% term_to_binary of all types, and back.
-module(external_format).
-export([main/0, id/1]).

main() ->
    Ts = [0, 255, 256, -1, 1 bsl 31 - 1, 1 bsl 31, -(1 bsl 31), -(1 bsl 31) - 1, 1 bsl 64, -(1 bsl 64), 1 bsl 2100, 1.5, -0.1, a, '', 'é', true,
          [], [1, 2, 3], "string", [1, 256], [a | b], {}, {a, "b"}, <<>>, <<1, 2>>, <<1:3>>, #{}, #{a => 1, "k" => [v]}, fun lists:map/2,
          {nested, [{deep, #{x => <<"y">>}}]}],
    [io:format("~w~n", [begin B = term_to_binary(T), T = binary_to_term(B), B end]) || T <- Ts],
    io:format("~p~n", [term_to_binary(list_to_tuple(lists:seq(1, 300))) =:= term_to_binary(id(list_to_tuple(lists:seq(1, 300))))]),
    io:format("~p~n", [byte_size(term_to_binary(lists:duplicate(70000, 1)))]),
    io:format("~p~n", [term_to_binary([a, 1.5], [{minor_version, 0}])]),
    io:format("~p~n", [term_to_binary([a, 1.5], [{minor_version, 1}])]),
    io:format("~p~n", [binary_to_term(term_to_binary(lists:seq(1, 5000), [compressed])) =:= lists:seq(1, 5000)]),
    io:format("~p~n", [binary_to_term(<<131, 97, 7, 1, 2>>, [used])]),
    io:format("~p~n", [[t(fun() -> binary_to_term(B) end) || B <- [<<>>, <<131>>, <<130, 97, 1>>, <<131, 97>>, <<131, 104, 2, 97, 1>>, <<131, 108, 255, 255, 255, 255>>, <<131, 109, 0, 0, 0, 5, 1>>, <<131, 70, 127, 240, 0, 0, 0, 0, 0, 0>>, <<131, 116, 0, 0, 0, 2, 97, 1, 97, 1, 97, 1, 97, 2>>]]]),
    io:format("~p~n", [t(fun() -> binary_to_term(<<131, 119, 24, "surely_not_an_atom_yet_1">>, [safe]) end)]),
    io:format("~p~n", [[erlang:external_size(T) || T <- Ts]]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
