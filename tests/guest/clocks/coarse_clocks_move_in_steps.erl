%% SPDX-License-Identifier: Apache-2.0
%% args: --clock 50ms
%% A coarse clock moves in steps of the time that was set.
%% expect: [0]
%% expect: true
-module(coarse_clocks_move_in_steps).
-export([main/0]).

main() ->
    Start = erlang:monotonic_time(millisecond),
    Times = read(Start + 200, []),
    io:format("~p~n", [lists:usort([(T - Start) rem 50 || T <- Times])]),
    io:format("~p~n", [length(Times) =< 4]).

%% The times that differ from the one before, until one is reached.
read(End, Seen) ->
    case erlang:monotonic_time(millisecond) of
        T when T >= End -> Seen;
        T when Seen =/= [], T =:= hd(Seen) -> read(End, Seen);
        T -> read(End, [T | Seen])
    end.
