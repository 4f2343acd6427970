% SPDX-License-Identifier: Apache-2.0
%% The sandbox loads its own lists, erlang, code and init: everything after that is its own fault.
% hostile: 65 37
% verdict: done or error undef or deadline or killed or halted 1
% limits: deadline=2s
-module(shadow_lists).
-export([main/0]).

main() ->
    {_, Beam, _} = code:get_object_code(?MODULE),
    {ok, _, Chunks} = beam_lib:all_chunks(Beam),
    {_, <<Count:32, Len, _:Len/binary, Atoms/binary>>} = lists:keyfind("AtU8", 1, Chunks),
    [begin
         T = atom_to_binary(M),
         {ok, B} = beam_lib:build_module(lists:keystore("AtU8", 1, Chunks, {"AtU8", <<Count:32, (byte_size(T)), T/binary, Atoms/binary>>})),
         case erlang:prepare_loading(M, B) of
             {error, _} -> ok;
             R -> catch erlang:purge_module(M), catch erlang:delete_module(M), catch erlang:purge_module(M), catch erlang:finish_loading([R])
         end
     end || M <- [code_server, logger, init, io, ets, gen_server, lists, erlang, error_handler]],
    ok.
