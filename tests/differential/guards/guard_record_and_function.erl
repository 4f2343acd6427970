%% SPDX-License-Identifier: Apache-2.0
%% is_record, is_function with arity and boolean results in guards.
-module(guard_record_and_function).
-export([main/0, id/1]).
-record(p, {x, y}).

main() ->
    Vs = [#p{x = 1, y = 2}, {p, 1}, {p, 1, 2}, p, {q, 1, 2}, fun(_) -> 1 end, fun(_, _) -> 2 end, []],
    io:format("~p~n", [[f(V) || V <- Vs]]),
    io:format("~p~n", [[is_record(V, id(p)) || V <- Vs]]),
    io:format("~p~n", [[is_record(V, id(p), id(3)) || V <- Vs]]),
    io:format("~p~n", [[is_function(V, id(2)) || V <- Vs]]),
    io:format("~p~n", [t(fun() -> is_function(id(x), id(-1)) end)]),
    io:format("~p~n", [t(fun() -> is_function(id(x), id(a)) end)]),
    io:format("~p~n", [t(fun() -> is_function(id(x), id(1 bsl 70)) end)]),
    io:format("~p~n", [t(fun() -> is_record(id(x), id(1)) end)]),
    io:format("~p~n", [t(fun() -> is_record(id({a}), a, id(a)) end)]).

f(#p{x = X}) when X > 5 -> never;
f(R) when is_record(R, p), R#p.y =:= 2 -> record;
f(F) when is_function(F, 1) -> fun1;
f(F) when is_function(F) -> fun_other;
f(_) -> other.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
