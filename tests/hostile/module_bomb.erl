% SPDX-License-Identifier: Apache-2.0
%% Modules without end, each of a new name.
% hostile: 26 36
% verdict: done
% limits: modules=200
-module(module_bomb).
-export([main/0]).

main() ->
    {_, Beam, _} = code:get_object_code(?MODULE),
    {ok, _, Chunks} = beam_lib:all_chunks(Beam),
    {_, <<Count:32, Len, _:Len/binary, Atoms/binary>>} = lists:keyfind("AtU8", 1, Chunks),
    200 = more(Chunks, Count, Atoms, 0) + 1,  % this one counts too
    ok.
more(Chunks, Count, Atoms, N) ->
    Text = <<"module_bomb_", (integer_to_binary(N))/binary>>,
    New = {"AtU8", <<Count:32, (byte_size(Text)), Text/binary, Atoms/binary>>},
    {ok, Beam} = beam_lib:build_module(lists:keystore("AtU8", 1, Chunks, New)),
    case code:load_binary(binary_to_atom(Text), "hostile", Beam) of
        {module, _} -> more(Chunks, Count, Atoms, N + 1);
        {error, _} -> N
    end.
