%% SPDX-License-Identifier: Apache-2.0
-module(mm_rect).
-behaviour(mm_shape).
-export([new/2, area/1, scale/2]).

new(A, B) -> {?MODULE, A, B}.
area({?MODULE, A, B}) -> A * B.
scale(N, {?MODULE, A, B}) -> {?MODULE, A * N, B * N}.
