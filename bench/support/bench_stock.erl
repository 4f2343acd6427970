%% SPDX-License-Identifier: Apache-2.0
%% What stock Erlang needs for that which sandboxes do: loading modules, and an isolated
%% place for somebody else's code (a peer node).
-module(bench_stock).
-export([load/1, peer/1, about/0]).

%% One line a module: nanoseconds of code:load_binary/3 and the file. Left out are modules
%% that are loaded already. Needs -nostick.
load(ListFile) ->
    {ok, List} = file:read_file(ListFile),
    [load_file(binary_to_list(F)) || F <- binary:split(List, <<"\n">>, [global, trim_all])],
    ok.

load_file(File) ->
    Module = list_to_atom(filename:basename(File, ".beam")),
    {ok, Bytes} = file:read_file(File),
    case code:is_loaded(Module) of
        false ->
            Start = erlang:monotonic_time(nanosecond),
            {module, Module} = code:load_binary(Module, File, Bytes),
            End = erlang:monotonic_time(nanosecond),
            io:format("~w ~ts~n", [End - Start, File]);
        _ -> ok
    end.

%% Nanoseconds of each of N lives of a peer node: start, one call, stop.
peer(N) ->
    io:format("~w~n", [[life() || _ <- lists:seq(1, N)]]).

life() ->
    Start = erlang:monotonic_time(nanosecond),
    {ok, Peer, _} = peer:start_link(#{connection => standard_io}),
    [3, 2, 1] = peer:call(Peer, lists, reverse, [[1, 2, 3]]),
    ok = peer:stop(Peer),
    erlang:monotonic_time(nanosecond) - Start.

about() ->
    io:format("~s ~s ~w~n", [erlang:system_info(otp_release), erlang:system_info(version),
                             erlang:system_info(emu_flavor)]).
