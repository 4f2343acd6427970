% SPDX-License-Identifier: Apache-2.0
%% The clock is read for ever, in all the ways that there are.
% hostile: more 80
% verdict: deadline
% limits: deadline=1s
-module(clock_reading).
-export([main/0]).

main() ->
    _ = erlang:monotonic_time(), _ = erlang:system_time(1000000007), _ = os:timestamp(), _ = erlang:now(), _ = erlang:localtime(), _ = erlang:unique_integer([monotonic]),
    _ = erlang:universaltime_to_localtime({{1970, 1, 1}, {0, 0, 0}}), _ = calendar:local_time(), main().
