%% SPDX-License-Identifier: Apache-2.0
%% Bad formats and arguments.
-module(format_errors).
-export([main/0]).

main() ->
    [io:format("~p ~p ~p~n", [F, A, r(t(fun() -> io_lib:format(F, A) end))])
     || {F, A} <- [{"~w", []}, {"~w", [1, 2]}, {"~q", [1]}, {"~", []}, {"~d", [1]}, {"~s", [1]}, {"~s", [[256]]}, {"~c", [a]}, {"~f", [1]}, {"~f", [a]}, {"~b", [1.0]},
        {"~.1b", [1]}, {"~e", [x]}, {"~s", [{a}]}, {"~p", x}, {x, []}, {"~ts", [<<255>>]}, {"~*w", [a, b]}, {"~10", [a]}, {"plain", []}, {<<"bin ~p">>, [1]}, {'atom ~p', [1]}, {"~s", [[a]]}, {"~c", [-1]}]],
    io:format("~p~n", [r(t(fun() -> io:format("~s~n", [{bad}]) end))]),
    io:format("~p~n", [r(t(fun() -> io:format(nobody_registered, "x", []) end))]),
    io:format("~p~n", [r(t(fun() -> io:put_chars([a]) end))]).

r({ok, V}) -> {ok, lists:flatten(V)};
r(E) -> E.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
