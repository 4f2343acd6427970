%% SPDX-License-Identifier: Apache-2.0
%% Numbers from text and to text: every form and every error.
-module(text_to_numbers).
-export([main/0]).

main() ->
    [show(fun() -> list_to_integer(id(X)) end)
     || X <- ["", "1", "+1", "-1", "+", "-", "1a", " 1", "--1", "123456789012345678901234567890", "-0",
              "00012", "1_0", [$1 | a], [$1, a], a, [1633]]],
    [show(fun() -> list_to_integer(id(X), id(B)) end)
     || {X, B} <- [{"zz", 36}, {"ZZ", 36}, {"-ff", 16}, {"1", 1}, {"1", 37}, {"2", 2}, {"1", a}, {a, 16}, {"", 16}]],
    [show(fun() -> binary_to_integer(id(X)) end)
     || X <- [<<"">>, <<"1">>, <<"+1">>, <<"-">>, <<"1a">>, <<1:1>>, a, <<"123456789012345678901234567890">>]],
    [show(fun() -> binary_to_integer(id(X), id(B)) end) || {X, B} <- [{<<"zz">>, 36}, {<<"g">>, 16}, {<<"1">>, 1}]],
    [show(fun() -> string:list_to_integer(id(X)) end)
     || X <- ["", "1", "+1", "-1", "+", "-", "1a", " 1", "--1", "123456789012345678901234567890xyz", "-0",
              "00012", "1_0", [$1 | a], [$1, a], a, [a]]],
    Floats = ["", "1", "1.0", "1.0e", "1.0e5x", "1.", "+1.5", "-1.5", "1.0e400", "1.0e+5", "1.0e-5", "1.0e-500",
              "1.0.0", ".5", "1e5", "1.5a", [$1, $., $0 | a], [$1, $., $0, a], a, "1.0e+", "1.0e+x", "+", "x1.0",
              "1.x", "1.0E5", " 1.0", "1.0 ", "0x1.0", "inf", "nan", "1.0e308", "-0.0",
              lists:duplicate(400, $1) ++ ".0"],
    [show(fun() -> string:list_to_float(id(X)) end) || X <- Floats],
    [show(fun() -> list_to_float(id(X)) end) || X <- Floats],
    [show(fun() -> binary_to_float(id(X)) end)
     || X <- [<<"">>, <<"1.0">>, <<"1">>, <<"+1.5e3">>, <<"1.0e400">>, <<"1.0e+5">>, <<"1.0", 0>>, <<1:1>>, a]],
    Integers = [0, -1, 1 bsl 70, -(1 bsl 70), a, 1.0],
    [show(fun() -> {integer_to_list(id(X)), integer_to_binary(id(X))} end) || X <- Integers],
    [show(fun() -> {integer_to_list(id(X), id(B)), integer_to_binary(id(X), id(B))} end)
     || {X, B} <- [{255, 16}, {-255, 16}, {1 bsl 70, 36}, {5, 2}, {1, 1}, {1, 37}, {1, a}, {a, 10}, {0, 2},
                   {-(1 bsl 100), 2}]],
    [show(fun() -> float_to_list(id(X)) end)
     || X <- [0.0, -0.0, 1.0, 1.5, 1.0e22, 1.0e-5, 123456789.123, 1, a, 1.0e308, 5.0e-324, 0.1]],
    [show(fun() -> float_to_binary(id(X)) end) || X <- [0.0, -0.0, 1.5, 1]],
    [show(fun() -> float_to_list(id(X), id(O)) end)
     || X <- [0.0, -1.5, 1.0e22, 123456.789, 0.05, 2.5, 1.0e100],
        O <- [[], [{decimals, 0}], [{decimals, 2}], [{decimals, 2}, compact], [{decimals, 20}, compact],
              [{scientific, 0}], [{scientific, 3}], [{scientific, 20}], [{scientific, 249}], [short],
              [short, {decimals, 2}], [{decimals, 2}, short], [compact], [{scientific, 3}, compact]]],
    [show(fun() -> float_to_list(1.0, id(O)) end)
     || O <- [[{decimals, -1}], [{decimals, 253}], [{decimals, 254}], [{scientific, 250}], [{scientific, -1}], [foo],
              [short | x], foo, [{decimals, a}], [compact, {decimals, 5}], [{foo, 1}]]],
    show(fun() -> float_to_list(id(1), [short]) end),
    show(fun() -> float_to_binary(1.0e300, [{decimals, 253}]) end).

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
