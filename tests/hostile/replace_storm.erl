% SPDX-License-Identifier: Apache-2.0
%% One module is replaced by other versions and purged as fast as that goes.
% hostile: 56 79
% verdict: deadline
% limits: deadline=1s
-module(replace_storm).
-export([main/0]).

main() ->
    {_, Beam, _} = code:get_object_code(?MODULE),
    {ok, _, Chunks} = beam_lib:all_chunks(Beam),
    {_, <<Count:32, Len, _:Len/binary, Atoms/binary>>} = lists:keyfind("AtU8", 1, Chunks),
    Name = {"AtU8", <<Count:32, 6, "victim", Atoms/binary>>},
    more(lists:keystore("AtU8", 1, Chunks, Name), 0).
more(Chunks, N) ->
    {ok, Beam} = beam_lib:build_module([{"Junk", <<N:32>>} | Chunks]),
    {module, victim} = code:load_binary(victim, "hostile", Beam),
    code:purge(victim),
    more(Chunks, N + 1).
