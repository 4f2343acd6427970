%% SPDX-License-Identifier: Apache-2.0
%% What list functions do with improper lists and other terms.
-module(improper_and_bad).
-export([main/0]).

main() ->
    Bad = [a, [1 | 2], [1, 2 | x], {1}, <<1>>],
    [io:format("~w ~w~n", [B, [r(t(fun() -> F(B) end)) || F <- [fun erlang:length/1, fun lists:reverse/1, fun lists:sort/1, fun lists:sum/1, fun lists:last/1,
        fun lists:flatten/1, fun erlang:list_to_tuple/1, fun erlang:list_to_binary/1, fun lists:max/1, fun lists:append/1]]]) || B <- Bad],
    io:format("~p~n", [[r(t(fun() -> lists:member(z, B) end)) || B <- Bad]]),
    io:format("~p~n", [[r(t(fun() -> lists:foldl(fun(X, A) -> [X | A] end, [], B) end)) || B <- Bad]]).

r({ok, V}) -> {ok, V};
r({error, {R, _}}) -> R;
r({error, R}) -> R.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
