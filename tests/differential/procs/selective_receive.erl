%% SPDX-License-Identifier: Apache-2.0
%% Messages taken by pattern, order kept among the rest.
-module(selective_receive).
-export([main/0]).

main() ->
    [self() ! {N rem 3, N} || N <- lists:seq(1, 12)],
    io:format("~p~n", [[receive {0, N} -> N end || _ <- lists:seq(1, 4)]]),
    io:format("~p~n", [[receive {_, N} -> N end || _ <- lists:seq(1, 8)]]),
    S = self(),
    P = spawn(fun() -> [S ! {from, N} || N <- lists:seq(1, 1000)], S ! done end),
    receive done -> ok end,
    io:format("~p~n", [[receive {from, N} -> N end || _ <- lists:seq(1, 1000)] =:= lists:seq(1, 1000)]),
    io:format("~p~n", [is_process_alive(P) =:= false orelse alive]),
    self() ! {a, 1}, self() ! {b, 1}, self() ! {a, 2},
    io:format("~p~n", [nested()]),
    io:format("~p~n", [priority([{low, 1}, {high, 2}, {low, 3}, {high, 4}])]).

nested() ->
    receive
        {b, X} ->
            receive
                {a, Y} -> receive {a, Z} -> {X, Y, Z} end
            end
    end.

priority(Ms) ->
    [self() ! M || M <- Ms],
    [receive {high, N} -> N after 0 -> receive {low, N} -> N end end || _ <- Ms].
