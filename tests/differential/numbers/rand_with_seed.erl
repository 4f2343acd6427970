%% SPDX-License-Identifier: Apache-2.0
%% rand with fixed seeds: the algorithms' integer and float arithmetic.
-module(rand_with_seed).
-export([main/0]).

main() ->
    [begin
        S0 = rand:seed_s(Alg, {1, 2, 3}),
        {L, S1} = lists:mapfoldl(fun(N, S) -> rand:uniform_s(N * 1000, S) end, S0, lists:seq(1, 10)),
        {F, S2} = lists:mapfoldl(fun(_, S) -> rand:uniform_s(S) end, S1, lists:seq(1, 3)),
        {B, _} = rand:uniform_s(1 bsl 100, S2),
        io:format("~p ~w ~w ~w~n", [Alg, L, F, B])
     end || Alg <- [exsss, exrop, exsp, exro928ss, mwc59] -- [mwc59]],
    rand:seed(exsss, 42),
    io:format("~p~n", [[rand:uniform(100) || _ <- lists:seq(1, 10)]]),
    io:format("~p~n", [rand:bytes(8)]),
    io:format("~p~n", [rand:mwc59(rand:mwc59_seed(7))]),
    random:seed(1, 2, 3),
    io:format("~p~n", [[random:uniform(100) || _ <- lists:seq(1, 5)]]).
