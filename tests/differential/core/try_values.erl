%% SPDX-License-Identifier: Apache-2.0
%% Values that survive a try; of-clauses outside of protection; catch in expressions.
-module(try_values).
-export([main/0, id/1]).

main() ->
    A = id(1),
    B = try id(2) of X when X > 1 -> X * 10; _ -> none catch _:_ -> failed end,
    C = (catch A + B),
    D = (catch throw(ball)),
    E = (catch exit(bye)),
    {'EXIT', {F, _}} = (catch error(oops)),
    {'EXIT', {G, _}} = (catch id(a) + 1),
    io:format("~p~n", [{A, B, C, D, E, F, G}]),
    io:format("~p~n", [t(fun() -> try id(1) of 2 -> two catch error:{try_clause, _} -> wrong end end)]),
    io:format("~p~n", [t(fun() -> try ok of ok -> throw(from_of) catch throw:_ -> wrong end end)]),
    io:format("~p~n", [t(fun() -> try throw(a) catch throw:a -> throw(b) end end)]),
    io:format("~p~n", [t(fun() -> try throw(a) catch throw:b -> wrong end end)]),
    io:format("~p~n", [t(fun() -> try throw(a) after throw(b) end end)]),
    io:format("~p~n", [t(fun() -> try 1 after ignored end end)]),
    io:format("~p~n", [[catch 1 div id(X) || X <- [1, 2]]]),
    io:format("~p~n", [{catch throw(x), catch throw(y), (catch throw(z)) =:= z}]),
    io:format("~p~n", [loop(5, [])]),
    io:format("~p~n", [catch deep(200)]).

loop(0, Acc) -> Acc;
loop(N, Acc) ->
    R = try N rem 2 =:= 0 orelse throw(odd) catch odd -> N end,
    loop(N - 1, [R | Acc]).

deep(0) -> throw(bottom);
deep(N) -> try deep(N - 1) catch throw:X -> throw({N, erlang:phash2(X)}) end.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
