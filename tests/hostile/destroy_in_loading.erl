% SPDX-License-Identifier: Apache-2.0
%% The sandbox is destroyed while it loads modules.
% hostile: more 56
% verdict: stopped
% destroy: 150
-module(destroy_in_loading).
-export([main/0]).

main() ->
    {_, Beam, _} = code:get_object_code(?MODULE),
    {ok, _, Chunks} = beam_lib:all_chunks(Beam),
    [spawn(fun() -> load(Chunks, K) end) || K <- lists:seq(1, 20)], load(Chunks, 0).
load(Chunks, K) ->
    {ok, Beam} = beam_lib:build_module([{"Junk", <<K:32>>} | Chunks]),
    _ = erlang:prepare_loading(?MODULE, Beam), load(Chunks, K + 20).
