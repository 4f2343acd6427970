% SPDX-License-Identifier: Apache-2.0
%% Each old version of a module is kept by a fun of it.
% hostile: 56 26
% verdict: killed or limit memory or error badmatch
-module(old_code_kept).

-export([main/0, value/0]).
value() -> fun(X) -> {X, "a literal of the module"} end.
main() ->
    {_, Beam, _} = code:get_object_code(?MODULE),
    {ok, _, Chunks} = beam_lib:all_chunks(Beam),
    {_, <<Count:32, Len, _:Len/binary, Atoms/binary>>} = lists:keyfind("AtU8", 1, Chunks),
    Name = {"AtU8", <<Count:32, 6, "victim", Atoms/binary>>},
    more(lists:keystore("AtU8", 1, Chunks, Name), 0, []).
more(Chunks, N, Kept) ->
    {ok, Beam} = beam_lib:build_module([{"Junk", <<N:32, 0:800000>>} | Chunks]),
    {module, victim} = code:load_binary(victim, "hostile", Beam),
    code:purge(victim),
    more(Chunks, N + 1, [victim:value() | Kept]).
