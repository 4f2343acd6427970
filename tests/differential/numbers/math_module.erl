%% SPDX-License-Identifier: Apache-2.0
%% math: values at good arguments, errors at bad ones.
-module(math_module).
-export([main/0]).

main() ->
    Fs = [sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh, exp, log, log2, log10, sqrt, erf, erfc, ceil, floor],
    [io:format("~p ~p~n", [F, [r(t(fun() -> math:F(X) end)) || X <- [0, 1, -1, 0.5, 2.0, 100, 1.0e5, a, 1 bsl 2000]]]) || F <- Fs],
    io:format("~p~n", [[r(t(fun() -> math:F(X, Y) end)) || F <- [pow, atan2, fmod], {X, Y} <- [{2, 10}, {2.5, -1}, {0, -1}, {-8, 1 / 3}, {1, 0}, {7.5, 2}, {a, 1}, {1.0e300, 10}]]]),
    io:format("~p~n", [math:pi()]).

r({ok, X}) -> io_lib:format("~.10g", [X]) =/= [] andalso lists:flatten(io_lib:format("~.10g", [X]));
r(E) -> E.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
