% SPDX-License-Identifier: Apache-2.0
%% The sandbox is destroyed with a hundred thousand timers set.
% hostile: more 13 57
% verdict: stopped
% destroy: 150
-module(destroy_with_timers).
-export([main/0]).

main() -> [erlang:send_after(N rem 1000, self(), N) || N <- lists:seq(1, 100000)], receive never -> ok end.
