% SPDX-License-Identifier: Apache-2.0
%% Without the clock no function tells the time of day.
% hostile: more 80
% verdict: done
% deny: clock
-module(no_clock).
-export([main/0]).

main() ->
    true = erlang:system_time(second) < 1000000, {M, _, _} = os:timestamp(), true = M =< 1,
    {{Y, _, _}, _} = calendar:universal_time(), true = Y =< 1970,
    {N, _, _} = erlang:now(), true = N =< 1, true = os:system_time(second) < 1000000, ok.
