%% SPDX-License-Identifier: Apache-2.0
%% Assoc and exact updates, mixed, on small maps and large ones.
-module(update_syntax).
-export([main/0, id/1]).

main() ->
    S = #{a => 1, b => 2},
    L = maps:from_list([{N, N} || N <- lists:seq(1, 100)]),
    io:format("~p~n", [S#{a := 10, c => 3, b := 20}]),
    io:format("~p~n", [t(fun() -> S#{a := 1, z := 2} end)]),
    io:format("~p~n", [t(fun() -> L#{1 := 1, z := 2} end)]),
    L2 = L#{1 := one, 50 => fifty, new => key, 200 => x},
    io:format("~p~n", [{maps:size(L2), maps:get(1, L2), maps:get(50, L2), maps:get(new, L2), maps:get(2, L2)}]),
    io:format("~p~n", [{maps:get(1, L), maps:is_key(new, L)}]),
    io:format("~p~n", [S#{}]),
    io:format("~p~n", [t(fun() -> (id(x))#{} end)]),
    io:format("~p~n", [(S#{a => 2})#{b => 3}]),
    io:format("~p~n", [S#{{x, 1} => [y], "s" => <<"b">>}]),
    io:format("~p~n", [erts_debug:same(S#{a := 1}, S#{a := 1}) =:= false orelse same]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
