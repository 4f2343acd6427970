% SPDX-License-Identifier: Apache-2.0
%% Keys that were made to have the same hash: the mixing function is turned around.
% hostile: 20
% verdict: done or deadline or killed
% limits: deadline=4s
-module(map_collisions).
-export([main/0]).

%% A binary of 12 bytes is mixed in two rounds: its three words, then its length. Both can be
%% undone, so each pair (A, B) gives a binary whose hash is 0.
main() ->
    Keys = [colliding(N) || N <- lists:seq(1, 20000)],
    T = ets:new(t, []),
    [ets:insert(T, {K}) || K <- Keys],
    M = maps:from_list([{K, 1} || K <- Keys]),
    [put(K, 1) || K <- Keys],
    [persistent_term:put(K, 1) || K <- lists:sublist(Keys, 2000)],
    20000 = map_size(M),
    ok.
-define(M, 16#FFFFFFFF).
-define(GOLDEN, 16#9e3779b9).
colliding(N) ->
    {A1, B1, C1} = unmix(N, N * 7919 band ?M, 0),
    {A, B, C} = unmix(A1, B1, (C1 - 12) band ?M),
    Start = (?GOLDEN * 13) band ?M,
    <<((A - ?GOLDEN) band ?M):32/little, ((B - ?GOLDEN) band ?M):32/little,
      ((C - Start) band ?M):32/little>>.
unmix(A0, B0, C0) ->
    {A1, B1, C1} = undo(A0, B0, C0, 3, 10, 15),
    {A2, B2, C2} = undo(A1, B1, C1, 12, 16, 5),
    undo(A2, B2, C2, 13, 8, 13).
undo(A, B, C, R1, L, R2) ->
    C1 = ((C bxor (B bsr R2)) + A + B) band ?M,
    B1 = ((B bxor ((A bsl L) band ?M)) + C1 + A) band ?M,
    A1 = ((A bxor (C1 bsr R1)) + B1 + C1) band ?M,
    {A1, B1, C1}.
