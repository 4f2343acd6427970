%% SPDX-License-Identifier: Apache-2.0
%% erlang:raise/3 with good and bad stack traces, error/1,2,3.
-module(raise_forms).
-export([main/0, id/1]).

main() ->
    trace(fun() -> erlang:raise(error, a, []) end),
    trace(fun() -> erlang:raise(throw, b, [{m, f, 1, []}]) end),
    trace(fun() -> erlang:raise(exit, c, [{m, f, [a, b], [{file, "x.erl"}, {line, 7}]}, {n, g, 0, []}]) end),
    trace(fun() -> erlang:raise(error, d, [{fun() -> x end, [1]}]), ok end),
    trace(fun() -> erlang:raise(id(nothing), e, []) end),
    trace(fun() -> erlang:raise(error, e, id(x)) end),
    trace(fun() -> erlang:raise(error, e, id([x])) end),
    trace(fun() -> erlang:raise(error, e, id([{m, f}])) end),
    trace(fun() -> error(plain) end),
    trace(fun() -> error(with_args, [1, 2, 3]) end),
    trace(fun() -> error(with_none, none) end),
    trace(fun() -> error(with_info, [x], [{error_info, #{cause => z, module => my}}]) end),
    trace(fun() -> error(with_info, none, [{error_info, #{}}]) end),
    trace(fun() -> error(bad_options, [x], [nothing]) end),
    trace(fun() -> inner(5) end).

inner(X) -> [error({inner, X}, [X])].

%% Hides a value from the compiler.
id(X) -> X.

%% Prints how F ends, with the whole stack trace of a process of its own.
trace(F) ->
    {_, Ref} = spawn_monitor(fun() -> exit({trace, outcome(F)}) end),
    receive {'DOWN', Ref, process, _, {trace, T}} -> io:format("~p~n", [T]) end.

outcome(F) ->
    try F() of
        V -> {returned, V}
    catch
        C:R:S -> {C, R, S}
    end.
