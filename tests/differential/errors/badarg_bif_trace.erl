%% SPDX-License-Identifier: Apache-2.0
%% badarg from builtins called in the body: arguments and error_info in the trace.
-module(badarg_bif_trace).
-export([main/0, id/1]).

main() ->
    trace(fun() -> hd(id([])) end),
    trace(fun() -> tl(id(a)) end),
    trace(fun() -> element(id(3), {a, b}) end),
    trace(fun() -> setelement(id(0), id({a, b}), c) end),
    trace(fun() -> length(id([a | b])) end),
    trace(fun() -> tuple_size(id([])) end),
    trace(fun() -> byte_size(id(1)) end),
    trace(fun() -> atom_to_list(id("a")) end),
    trace(fun() -> list_to_atom(id([a, b])) end),
    trace(fun() -> list_to_integer(id("1x")) end),
    trace(fun() -> list_to_binary(id([256])) end),
    trace(fun() -> integer_to_list(id(1), id(99)) end),
    trace(fun() -> binary_to_term(id(<<131, 255>>)) end),
    trace(fun() -> map_get(k, id(not_map)) end),
    trace(fun() -> self() ! id(1), id(nobody_here) ! x end),
    trace(fun() -> register(id(undefined), id(a)) end),
    trace(fun() -> binary_part(id(<<1>>), 0, 2) end),
    trace(fun() -> float(id(a)), ok end),
    trace(fun() -> round(id(a)), ok end),
    trace(fun() -> list_to_tuple(id(a)) end),
    trace(fun() -> tuple_to_list(id(a)) end).

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
