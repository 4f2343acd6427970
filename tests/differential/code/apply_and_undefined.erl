%% SPDX-License-Identifier: Apache-2.0
%% apply to code that is loaded on demand, to funs of apply, and to nothing.
-module(apply_and_undefined).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [apply(string, uppercase, ["abc"])]),
    io:format("~p~n", [[M || M <- [ordsets, proplists, queue], M:module_info(module) =:= M]]),
    io:format("~p~n", [t(fun() -> apply(ordsets, nothing, []) end)]),
    io:format("~p~n", [t(fun() -> apply(apply, apply, []) end)]),
    io:format("~p~n", [apply(fun apply/2, [fun(X) -> X end, [1]])]),
    io:format("~p~n", [t(fun() -> apply(id(lists), id(map), [fun(X) -> X end]) end) =/= x]),
    io:format("~p~n", [erlang:apply(fun lists:nth/2, [1, [a]])]),
    io:format("~p~n", [(id(fun erlang:apply/3))(erlang, length, [[1, 2]])]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
