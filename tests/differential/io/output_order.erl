%% SPDX-License-Identifier: Apache-2.0
%% Output of several processes in the order that messages give it.
-module(output_order).
-export([main/0]).

main() ->
    S = self(),
    Ps = [spawn(fun() -> receive {go, Next} -> io:format("process ~p~n", [N]), S ! {ended, N}, Next ! x end end) || N <- lists:seq(1, 20)],
    [begin P ! {go, S}, receive {ended, _} -> ok end end || P <- Ps],
    io:format("~s~n", [[io_lib:format("~w,", [N]) || N <- lists:seq(1, 200)]]),
    [io:format("~w ", [N]) || N <- lists:seq(1, 500)],
    io:nl(),
    io:format("~s~n", [lists:duplicate(5000, $x)]),
    io:format("~ts~n", [lists:duplicate(100, "ü→")]).
