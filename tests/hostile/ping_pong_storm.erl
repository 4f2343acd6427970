% SPDX-License-Identifier: Apache-2.0
%% Processes that do nothing but wake each other.
% hostile: 55
% verdict: deadline
% limits: deadline=1s
-module(ping_pong_storm).
-export([main/0]).

main() ->
    [spawn(fun() -> P = spawn(fun() -> echo() end), play(P) end) || _ <- lists:seq(1, 100)],
    timer:sleep(infinity).
play(P) -> P ! self(), receive ok -> play(P) end.
echo() -> receive P -> P ! ok, echo() end.
