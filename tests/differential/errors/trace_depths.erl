%% SPDX-License-Identifier: Apache-2.0
%% Stack traces of every depth, given ones of odd forms, and lines that do not fit.
-module(trace_depths).
-export([main/0]).

main() ->
    [show(fun() -> erlang:raise(error, x, [Entry]) end) || Entry <- entries()],
    Old = erlang:system_flag(backtrace_depth, 0),
    [depth(N) || N <- lists:seq(0, 12)],
    erlang:system_flag(backtrace_depth, Old),
    [show(fun() -> line(N) end) || N <- lists:seq(1, 6)].

entries() ->
    Fun = fun lists:reverse/1,
    [{m, f, bad}, {m, f, -1}, {m, f, 1.5}, {m, f, [a | b]}, {m, f, 1, [a]},
     {m, f, 1, [{a, b} | c]}, {m, f, 1, [{a, b}, c]}, {m, f, x, []}, {Fun, x}, {Fun, 1, [x]},
     {Fun, [], x}, {Fun, [], [x | y]}, {m, f}, {m, f, 1, 2}, {"m", f, 1}, {m, f, 1, [], []}, x, {},
     {Fun, 3}, {Fun, x, []}, {m, f, [], []}, {m, f, {}, [{line, 3}]}].

depth(N) ->
    erlang:system_flag(backtrace_depth, N),
    Deep = fun() -> deep(10, id(x)) end,
    [count(N, F) || F <- [fun() -> error(x) end,
                          fun() -> hd(id(x)) end,
                          fun() -> lists:reverse(id(x)) end,
                          fun() -> lists:keyfind(a, b, c) end,
                          fun() -> nowhere:f(id(x)) end,
                          fun() -> clauses(id(x)) end,
                          fun() -> (id(x))() end,
                          fun() -> erlang:raise(error, x, [{m, f, I} || I <- lists:seq(1, 6)]) end,
                          fun() -> erlang:raise(error, x, []) end,
                          Deep]],
    {current_stacktrace, Trace} = process_info(self(), current_stacktrace),
    io:format("~p ~p~n", [N, length(Trace)]).

deep(0, X) -> lists:keyfind(X, X, X);
deep(N, X) -> [deep(N - 1, X)].

clauses(y) -> ok.

count(N, Fun) ->
    try Fun()
    catch Class:Reason:Stack -> io:format("~p ~p ~p ~p~n", [N, Class, Reason, length(Stack)])
    end.

show(Fun) ->
    try Fun() of
        Value -> io:format("~p~n", [Value])
    catch Class:Reason:Stack -> io:format("~p ~p ~p~n", [Class, Reason, hd(Stack)])
    end.

id(X) -> X.

-file("some_file.erl", 65534).
line(1) -> error(here);
line(2) -> error(here);
line(X) -> line(X, []).
-file("some_file.erl", 16777213).
line(3, _) -> error(here);
line(4, _) -> error(here);
line(5, _) -> error(here);
line(X, _) -> line(X, [], []).
-file("zero.erl", 0).
line(6, _, _) -> error(here).
