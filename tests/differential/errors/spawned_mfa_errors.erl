%% SPDX-License-Identifier: Apache-2.0
%% Errors in processes started by module, function and arguments.
-module(spawned_mfa_errors).
-export([main/0, id/1]).
-export([crash/1, ok/0]).

main() ->
    [begin
        {P, R} = spawn_monitor(M, F, A),
        receive {'DOWN', R, process, P, Reason} -> io:format("~p~n", [Reason]) end
     end || {M, F, A} <- [{?MODULE, ok, []}, {?MODULE, crash, [1]}, {?MODULE, crash, [2]}, {?MODULE, crash, [x, y]},
                          {nomod, nofun, [a]}, {erlang, exit, [bif_exit]}, {erlang, error, [bif_error]},
                          {erlang, throw, [bif_throw]}, {erlang, hd, [[]]}, {lists, sum, [[a]]},
                          {erlang, apply, [erlang, hd, [[]]]}, {erlang, apply, [fun() -> exit(in_apply) end, []]}]],
    io:format("~p~n", [t(fun() -> spawn(id(1), f, []) end)]),
    io:format("~p~n", [t(fun() -> spawn(m, id("f"), []) end)]),
    io:format("~p~n", [t(fun() -> spawn(m, f, id(a)) end)]),
    io:format("~p~n", [t(fun() -> spawn(m, f, id([a | b])) end)]),
    io:format("~p~n", [t(fun() -> spawn(id(fun(X) -> X end)), ok end)]).

ok() -> ok.
crash(1) -> exit(one);
crash(2) -> id(a) + 1.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
