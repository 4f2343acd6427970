%% SPDX-License-Identifier: Apache-2.0
%% Maps in maps in maps; values of all kinds; keys of all kinds.
-module(nested_updates).
-export([main/0]).

main() ->
    M = #{users => #{1 => #{name => "ann", tags => [a, b]}, 2 => #{name => "bob", tags => []}}, count => 2},
    #{users := #{1 := #{name := Name, tags := [T | _]} = U} = Us} = M,
    io:format("~p ~p~n", [Name, T]),
    M2 = M#{users := Us#{1 := U#{name := "eve"}, 3 => #{name => "zed"}}, count := 3},
    io:format("~p~n", [M2]),
    io:format("~p~n", [maps:map(fun(_, #{name := N}) -> N end, maps:get(users, M2))]),
    Keys = [1, 1.0, a, "s", <<"b">>, {t, 1}, [], {}, #{}, #{a => 1}, [#{}], 1 bsl 70, <<1:3>>],
    K = maps:from_list(lists:zip(Keys, lists:seq(1, length(Keys)))),
    io:format("~p~n", [[maps:get(X, K) || X <- Keys]]),
    io:format("~p~n", [K]),
    io:format("~p~n", [[maps:is_key(X, K) || X <- [1, 2, 1.0, 2.0, "t", {t, 1.0}, #{a => 1.0}]]]).
