%% SPDX-License-Identifier: Apache-2.0
-module(mm_shape).
-export([area/1, smaller/2, total/1, scaler/1]).
-callback area(term()) -> number().
-callback scale(number(), term()) -> term().
-optional_callbacks([scale/2]).

area(S) -> (element(1, S)):area(S).
smaller(A, B) -> area(A) =< area(B).
total(L) -> lists:sum(lists:map(fun area/1, L)).
scaler(N) -> fun(S) -> M = element(1, S), M:scale(N, S) end.
