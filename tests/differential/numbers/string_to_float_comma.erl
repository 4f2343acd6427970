%% SPDX-License-Identifier: Apache-2.0
%% Text that becomes a float may have a comma for the point.
-module(string_to_float_comma).
-export([main/0]).

main() ->
    Texts = ["1,2", "+1,2e2", "-1,2e+2", "-1,53foo", "1,2,3", "1,2.3", "1.2,3", "1,", ",1", "-,1", "1,e5",
             "1,5e", "1,5e,", "1.5e1,2", "1,5E-1+2", "12345678901234567890,5x", "1,0e400", "a,1", "1 ,5"],
    [io:format("~p ~p~n", [T, string:to_float(T)]) || T <- Texts],
    [io:format("~p ~p~n", [T, string:to_float(unicode:characters_to_binary(T))]) || T <- Texts],
    [io:format("~p ~p~n", [T, catch_error(fun() -> list_to_float(T) end)]) || T <- Texts],
    [io:format("~p ~p~n", [T, catch_error(fun() -> binary_to_float(list_to_binary(T)) end)]) || T <- Texts].

catch_error(F) -> try F() catch C:R -> {C, R} end.
