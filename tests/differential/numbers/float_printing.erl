%% SPDX-License-Identifier: Apache-2.0
%% Shortest printing of floats, in all ranges.
-module(float_printing).
-export([main/0]).

main() ->
    Xs = [0.0, -0.0 + 0.0, 1.0, 0.1, 0.2, 0.3, 1 / 3, 2 / 3, 10.0, 100.0, 123456789.0, 1.0e15, 1.0e16, 1.0e17, 1.0e21, 1.0e22, 1.0e23,
          1.0e-1, 1.0e-2, 1.0e-4, 1.0e-5, 1.0e-7, 1.5e300, 1.7976931348623157e308, 2.2250738585072014e-308, 5.0e-324,
          4.35, 5.0e-5, 123.456, 9007199254740992.0, 9007199254740993.0, 9.999999999999999e22, 3.141592653589793],
    [io:format("~p ~w ~s ~s~n", [X, -X, float_to_list(X), float_to_binary(X, [short])]) || X <- Xs],
    io:format("~p~n", [[list_to_float(float_to_list(X)) =:= X || X <- Xs]]).
