%% SPDX-License-Identifier: Apache-2.0
%% badfun, badarity and undefined functions in body and tail calls: which frames the trace has.
-module(calls_of_what_is_no_fun).
-export([main/0, id/1]).

main() ->
    A = id(a), F = id(fun(X) -> X end), Many = lists:seq(1, 300),
    [trace(G) || G <- [
        fun() -> call(A) end, fun() -> tail(A) end, fun() -> call(F) end, fun() -> tail(F) end,
        fun() -> app(A, [1]) end, fun() -> app_tail(A, [1]) end, fun() -> app(F, []) end, fun() -> app_tail(F, []) end,
        fun() -> app(F, x) end, fun() -> app_tail(F, x) end,
        fun() -> app3(m, x, [1 | 2]) end, fun() -> app3_tail(m, x, [1 | 2]) end,
        fun() -> app3(1, x, [1]) end, fun() -> app3_tail(1, x, [1]) end,
        fun() -> app3(m, x, Many) end, fun() -> app3_tail(m, x, Many) end,
        fun() -> dyn(m, x) end, fun() -> dyn_tail(m, x) end, fun() -> dyn(1, x) end, fun() -> dyn_tail(1, x) end,
        fun() -> app(F, Many) end, fun() -> app_tail(F, Many) end,
        fun() -> ext() end, fun() -> ext_tail() end, fun() -> call(fun m:f/1) end, fun() -> call(fun lists:reverse/2) end]].

call(F) -> {F(1, 2)}.
tail(F) -> F(1, 2).
app(F, A) -> {apply(F, A)}.
app_tail(F, A) -> apply(F, A).
app3(M, F, A) -> {apply(M, F, A)}.
app3_tail(M, F, A) -> apply(M, F, A).
dyn(M, F) -> {M:F(1)}.
dyn_tail(M, F) -> M:F(1).
ext() -> {nomod:f(1)}.
ext_tail() -> nomod:f(1).

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
