%% SPDX-License-Identifier: Apache-2.0
-module(mm_circle).
-behaviour(mm_shape).
-export([new/1, area/1, scale/2]).

new(R) -> {?MODULE, R}.
area({?MODULE, R}) -> 3 * R * R.
scale(N, {?MODULE, R}) -> {?MODULE, R * N}.
