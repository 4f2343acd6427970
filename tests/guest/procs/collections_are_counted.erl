%% SPDX-License-Identifier: Apache-2.0
%% statistics(garbage_collection) says how many collections there were and what they freed.
%% expect: true true 0
-module(collections_are_counted).
-export([main/0]).

main() ->
    {Count, Words, 0} = statistics(garbage_collection),
    make_garbage(100),
    {Count2, Words2, Zero} = statistics(garbage_collection),
    io:format("~p ~p ~p~n", [Count2 - Count >= 100, Words2 - Words >= 100 * 20000, Zero]).

make_garbage(0) -> ok;
make_garbage(N) ->
    _ = binary_to_list(<<0:80000>>),
    erlang:garbage_collect(),
    make_garbage(N - 1).
