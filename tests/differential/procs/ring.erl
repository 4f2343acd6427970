%% SPDX-License-Identifier: Apache-2.0
%% A ring of a thousand processes passes a token around; then all exit by their links.
-module(ring).
-export([main/0]).

main() ->
    N = 1000,
    First = self(),
    Last = lists:foldl(fun(_, Next) -> spawn(fun() -> node_loop(Next) end) end, First, lists:seq(1, N)),
    Last ! {token, 0},
    io:format("~p~n", [turns(Last, 20)]),
    process_flag(trap_exit, true),
    Chain = spawn_link(fun() -> chain(300) end),
    receive {'EXIT', Chain, R} -> io:format("~p~n", [R]) end.

turns(Last, N) ->
    receive
        {token, V} when N =:= 1 -> V;
        {token, V} -> Last ! {token, V}, turns(Last, N - 1)
    end.

node_loop(Next) -> receive {token, V} -> Next ! {token, V + 1}, node_loop(Next) end.

chain(0) -> exit(end_of_chain);
chain(N) ->
    spawn_link(fun() -> chain(N - 1) end),
    receive never -> ok end.
