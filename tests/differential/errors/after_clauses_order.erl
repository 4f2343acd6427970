%% SPDX-License-Identifier: Apache-2.0
%% Order of after clauses when an exception passes several of them.
-module(after_clauses_order).
-export([main/0]).

main() ->
    io:format("~p~n", [t(fun() -> nest(4) end)]),
    io:format("~p~n", [lists:reverse(get(log))]),
    put(log, []),
    io:format("~p~n", [t(fun() -> try nest(2) catch throw:_ -> wrong end end)]),
    io:format("~p~n", [lists:reverse(get(log))]),
    put(log, []),
    io:format("~p~n", [t(fun() -> replaced() end)]),
    io:format("~p~n", [lists:reverse(get(log))]).

nest(0) -> error(bottom);
nest(N) ->
    log({enter, N}),
    try nest(N - 1) after log({leave, N}) end.

replaced() ->
    try
        try error(first) after log(a), throw(second) end
    catch
        throw:second -> log(b), exit(third)
    after
        log(c)
    end.

log(X) -> put(log, [X | case get(log) of undefined -> []; L -> L end]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
