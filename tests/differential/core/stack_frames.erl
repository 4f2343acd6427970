%% SPDX-License-Identifier: Apache-2.0
%% Frames with many live variables, trimmed as they die, across calls.
-module(stack_frames).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [many(1, 2, 3, 4, 5, 6, 7, 8)]),
    io:format("~p~n", [trim(10)]),
    io:format("~p~n", [branch(true, 5)]),
    io:format("~p~n", [branch(false, 5)]).

many(A, B, C, D, E, F, G, H) ->
    A1 = id(A + H), B1 = id(B + G), C1 = id(C + F), D1 = id(D + E),
    E1 = id(E * A1), F1 = id(F * B1), G1 = id(G * C1), H1 = id(H * D1),
    S = id([A1, B1, C1, D1, E1, F1, G1, H1]),
    {S, id(A), id(B), id(C), id(D), id(E), id(F), id(G), id(H), id(lists:sum(S))}.

trim(N) ->
    A = id(N + 1),
    B = id(A + 1),
    X = id(A * B),
    C = id(B + 1),
    Y = id(B * C),
    D = id(C + X),
    E = id(D + Y),
    id(E).

branch(Flag, N) ->
    A = id(N),
    case Flag of
        true ->
            B = id(A + 1),
            C = id(B + A),
            id([A, B, C]);
        false ->
            Z = id(A * 100),
            id({A, Z})
    end.

%% Hides a value from the compiler.
id(X) -> X.
