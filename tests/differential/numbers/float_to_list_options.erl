%% SPDX-License-Identifier: Apache-2.0
%% float_to_list/2 and float_to_binary/2: decimals, scientific, compact, bad options.
-module(float_to_list_options).
-export([main/0, id/1]).

main() ->
    Xs = [0.0, 1.0, -1.5, 3.14159, 0.5, 2.5, 99.995, 1.0e10, 123456.789, 1.0e-10, 1.0e22],
    [io:format("~s ~s ~s ~s ~s~n", [float_to_list(X, [{decimals, 0}]), float_to_list(X, [{decimals, 3}]),
        float_to_list(X, [{decimals, 10}, compact]), float_to_list(X, [{scientific, 4}]), float_to_list(X, [{scientific, 0}])]) || X <- Xs],
    io:format("~p~n", [[t(fun() -> float_to_list(1.5, O) end) || O <- [[], [short], [compact], [{decimals, -1}], [{decimals, 254}], [{decimals, 253}], [x], x, [{scientific, 250}], [{decimals, 2}, short], [short, {decimals, 2}]]]]),
    io:format("~p~n", [t(fun() -> float_to_binary(id(1), []) end)]),
    io:format("~p~n", [t(fun() -> float_to_list(1.0e300, [{decimals, 2}]) end)]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
