%% SPDX-License-Identifier: Apache-2.0
%% module_info/0,1 and what attributes it holds.
-module(module_info).
-export([main/0]).
-vsn("1.2").
-author(somebody).
-custom([a, {b, 1}]).
-export([f/1, g/2]).

main() ->
    io:format("~p~n", [[K || {K, _} <- module_info()]]),
    io:format("~p~n", [module_info(module)]),
    io:format("~p~n", [lists:sort(module_info(exports))]),
    io:format("~p~n", [lists:sort(?MODULE:module_info(functions)) -- module_info(exports)]),
    io:format("~p~n", [lists:sort(module_info(attributes))]),
    io:format("~p~n", [lists:sort([K || {K, _} <- module_info(compile)])]),
    io:format("~p~n", [is_binary(module_info(md5))]),
    io:format("~p~n", [module_info(native)]),
    io:format("~p~n", [t(fun() -> module_info(nothing) end)]),
    io:format("~p~n", [[erlang:function_exported(?MODULE, F, A) || {F, A} <- [{f, 1}, {g, 2}, {h, 0}, {f, 2}, {module_info, 0}]]]),
    io:format("~p~n", [[erlang:function_exported(M, F, A) || {M, F, A} <- [{lists, reverse, 1}, {lists, nope, 1}, {nope, x, 0}, {erlang, hd, 1}, {erlang, '+', 2}]]]),
    io:format("~p~n", [[erlang:is_builtin(M, F, A) || {M, F, A} <- [{erlang, hd, 1}, {lists, map, 2}, {lists, reverse, 2}, {?MODULE, f, 1}]]]),
    io:format("~p~n", [[erlang:module_loaded(M) || M <- [?MODULE, lists, surely_not_there]]]),
    io:format("~p~n", [h()]).

f(X) -> X.
g(X, Y) -> {X, Y}.
h() -> local.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
