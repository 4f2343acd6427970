%% SPDX-License-Identifier: Apache-2.0
%% What a process has used shows at once, not only when its turn ends.
%% skip-stress: what it shows depends on the length of a slice
-module(reductions_within_a_slice).
-export([main/0]).

main() ->
    erlang:yield(),
    io:format("~p~n", [[spent(fun() -> erlang:bump_reductions(N) end, N) || N <- [0, 1, 100, 1000]]]),
    io:format("~p~n", [spent(fun() -> loop(1000) end, 1000)]),
    %% No more than a slice, however much is asked for.
    io:format("~p~n", [[reds(fun() -> erlang:bump_reductions(N) end) < 10000
                        || N <- [10000, 1 bsl 40, 1 bsl 58]]]),
    [io:format("~p~n", [try erlang:bump_reductions(N) catch error:E -> E end])
     || N <- [-1, -(1 bsl 70), 1 bsl 59, 1 bsl 70, a, 1.0]],
    Other = spawn(fun() -> receive {go, From} -> loop(5000), From ! done, receive stop -> ok end end end),
    {reductions, R1} = process_info(Other, reductions),
    Other ! {go, self()},
    receive done -> ok end,
    {reductions, R2} = process_info(Other, reductions),
    io:format("~p~n", [R2 - R1 >= 5000]).

spent(Fun, N) ->
    erlang:yield(),
    Used = reds(Fun),
    Used >= N andalso Used < N + 200.

reds(Fun) ->
    {reductions, R1} = process_info(self(), reductions),
    Fun(),
    {reductions, R2} = process_info(self(), reductions),
    R2 - R1.

loop(0) -> ok;
loop(N) -> loop(N - 1).
