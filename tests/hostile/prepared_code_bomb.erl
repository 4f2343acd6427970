% SPDX-License-Identifier: Apache-2.0
%% Modules are prepared for loading and never loaded: the references keep them.
% hostile: 26 84
% verdict: killed or error system_limit
-module(prepared_code_bomb).
-export([main/0]).

main() ->
    {_, Beam, _} = code:get_object_code(?MODULE),
    {ok, _, Chunks} = beam_lib:all_chunks(Beam),
    more(Chunks, 0, []).
more(Chunks, N, Kept) ->
    {ok, Beam} = beam_lib:build_module([{"Junk", <<N:32, 0:800000>>} | Chunks]),
    Ref = erlang:prepare_loading(?MODULE, Beam),
    true = is_reference(Ref),
    more(Chunks, N + 1, [Ref | Kept]).
