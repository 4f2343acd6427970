%% SPDX-License-Identifier: Apache-2.0
%% erlang:system_info, statistics and time functions: types and relations of what they give.
-module(system_information).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [[erlang:system_info(I) || I <- [otp_release, wordsize, machine, {wordsize, internal}, {wordsize, external}, endian]]]),
    io:format("~p~n", [[is_integer(erlang:system_info(I)) || I <- [process_count, process_limit, atom_count, atom_limit, schedulers, schedulers_online, logical_processors, port_count, port_limit, ets_limit]]]),
    io:format("~p~n", [[is_list(erlang:system_info(I)) || I <- [version, system_version, system_architecture]]]),
    io:format("~p~n", [t(fun() -> erlang:system_info(id(nothing)) end)]),
    T1 = erlang:monotonic_time(), T2 = erlang:monotonic_time(),
    io:format("~p~n", [[T2 >= T1, is_integer(erlang:system_time(second)), is_integer(os:system_time()), erlang:unique_integer([positive]) > 0, erlang:unique_integer() =/= erlang:unique_integer()]]),
    A = erlang:unique_integer([monotonic]), B = erlang:unique_integer([monotonic]),
    io:format("~p~n", [A < B]),
    io:format("~p~n", [[erlang:convert_time_unit(1500, millisecond, second), erlang:convert_time_unit(2, second, microsecond), erlang:convert_time_unit(-1, millisecond, second), erlang:convert_time_unit(1, 10, 1000)]]),
    {R, _} = statistics(reductions), io:format("~p~n", [R > 0]),
    io:format("~p~n", [[tuple_size(statistics(I)) || I <- [runtime, wall_clock, reductions, garbage_collection, io]]]),
    io:format("~p~n", [[tuple_size(erlang:timestamp()), tuple_size(os:timestamp()), tuple_size(erlang:now())]]),
    io:format("~p~n", [[tuple_size(date()), tuple_size(time()), tuple_size(erlang:localtime()), tuple_size(erlang:universaltime())]]),
    io:format("~p~n", [lists:all(fun({K, V}) -> is_atom(K) andalso is_integer(V) end, erlang:memory())]),
    io:format("~p~n", [[is_integer(erlang:memory(total)), is_alive(), node(), nodes(), erlang:get_cookie()]]),
    io:format("~p~n", [[t(fun() -> erlang:monotonic_time(id(x)) end), t(fun() -> statistics(id(x)) end), t(fun() -> erlang:unique_integer([x]) end)]]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
