%% SPDX-License-Identifier: Apache-2.0
%% Terms nested half a million deep: compared, copied, hashed, printed in part, sent.
%% skip-stress: copies of deep terms at each reserve
-module(deep_terms).
-export([main/0]).

main() ->
    N = 500000,
    L = nest_list(N, []), T = nest_tuple(N, {}),
    io:format("~p ~p~n", [L =:= nest_list(N, []), T =:= nest_tuple(N, {})]),
    io:format("~p ~p~n", [L =:= nest_list(N, [x]), T < nest_tuple(N, {x})]),
    io:format("~p ~p~n", [erlang:phash2(L), erlang:phash2(T)]),
    S = self(),
    spawn(fun() -> receive {X, Y} -> S ! {depth_list(X, 0), depth_tuple(Y, 0)} end end) ! {L, T},
    receive R -> io:format("~p~n", [R]) end,
    erlang:garbage_collect(),
    io:format("~p ~p~n", [depth_list(L, 0), depth_tuple(T, 0)]),
    io:format("~P ~P~n", [L, 5, T, 5]),
    B = term_to_binary(T),
    io:format("~p ~p~n", [byte_size(B), binary_to_term(B) =:= T]),
    io:format("~p~n", [erts_debug:flat_size(L)]),
    M = nest_map(50000, #{}),
    io:format("~p ~p~n", [M =:= nest_map(50000, #{}), erlang:phash2(M)]).

nest_list(0, A) -> A;
nest_list(N, A) -> nest_list(N - 1, [A]).
nest_tuple(0, A) -> A;
nest_tuple(N, A) -> nest_tuple(N - 1, {N, A}).
nest_map(0, A) -> A;
nest_map(N, A) -> nest_map(N - 1, #{n => A}).
depth_list([], N) -> N;
depth_list([A], N) -> depth_list(A, N + 1).
depth_tuple({}, N) -> N;
depth_tuple({_, A}, N) -> depth_tuple(A, N + 1).
