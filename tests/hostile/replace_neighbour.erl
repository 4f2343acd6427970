% SPDX-License-Identifier: Apache-2.0
%% A module of the neighbour's name, and a process of its server's name, are this sandbox's own.
% hostile: 79 65
% verdict: done
% linger: 20
-module(replace_neighbour).

-export([main/0, ping/0]).
ping() -> error(mine).
main() ->
    {_, Beam, _} = code:get_object_code(?MODULE),
    {ok, _, Chunks} = beam_lib:all_chunks(Beam),
    {_, <<Count:32, Len, _:Len/binary, Atoms/binary>>} = lists:keyfind("AtU8", 1, Chunks),
    {ok, B} = beam_lib:build_module(lists:keystore("AtU8", 1, Chunks, {"AtU8", <<Count:32, 9, "neighbour", Atoms/binary>>})),
    {module, neighbour} = code:load_binary(neighbour, "hostile", B),
    {'EXIT', {mine, _}} = (catch neighbour:ping()),
    register(echo, spawn(fun() -> receive x -> ok end end)),
    ok.
