%% SPDX-License-Identifier: Apache-2.0
%% system_info(snifs): the functions that the emulator itself has.
-module(native_functions).
-export([main/0]).

main() ->
    All = erlang:system_info(snifs),
    Sorted = lists:usort(All),
    io:format("~p~n", [length(All) =:= length(Sorted)]),
    [io:format("~p~n", [Function]) || Function <- Sorted].
