%% SPDX-License-Identifier: Apache-2.0
%% erlang:phash2/1,2 over terms of all types.
-module(phash2_of_everything).
-export([main/0, id/1]).

main() ->
    Ts = [0, 1, -1, 255, 256, 1 bsl 27, 1 bsl 28, -(1 bsl 28), 1 bsl 31, 1 bsl 32, 1 bsl 59, 1 bsl 60, 1 bsl 64, -(1 bsl 64), 1 bsl 200,
          0.0, 1.0, -1.5, 1.0e300, a, '', abc, 'ünï', [], [1], "abc", [1 | 2], [a, [b, [c]]], {}, {1}, {a, {b, "c"}}, <<>>, <<1>>, <<"abc">>,
          <<1:1>>, <<255:9>>, binary:copy(<<"x">>, 1000), #{}, #{a => 1}, #{1 => 2, 3 => 4}, maps:from_list([{N, N} || N <- lists:seq(1, 100)]),
          lists:seq(1, 1000), list_to_tuple(lists:seq(1, 100)), fun lists:map/2, lists:seq(250, 260), [256 | 255], "a" ++ b],
    [io:format("~p ~p~n", [erlang:phash2(T), erlang:phash2(T, 1000)]) || T <- Ts],
    io:format("~p~n", [erlang:phash2(id(Ts -- [x]))]),
    io:format("~p~n", [[t(fun() -> erlang:phash2(a, R) end) || R <- [1, 1 bsl 32, (1 bsl 32) + 1, 0, -1, x]]]),
    io:format("~p~n", [[erlang:phash(T, 1 bsl 32) || T <- [1, a, "abc", <<"abc">>, {a, 1.5}, [], 1 bsl 70, -5]]]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
