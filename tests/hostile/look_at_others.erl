% SPDX-License-Identifier: Apache-2.0
%% Nothing of the neighbour or of the host is to be seen.
% hostile: 74 80
% verdict: done
-module(look_at_others).
-export([main/0]).

main() ->
    undefined = whereis(echo),
    false = lists:member(neighbour, [M || {M, _} <- code:all_loaded()]),
    false = code:is_loaded(neighbour),
    {'EXIT', {undef, _}} = (catch neighbour:ping()),
    true = length(processes()) < 40,
    true = length(ets:all()) < 40,
    [] = erlang:ports(),
    {'EXIT', {badarg, _}} = (catch list_to_existing_atom("a_secret_" ++ "of_the_neighbour")),
    {'EXIT', {badarg, _}} = (catch binary_to_existing_atom(<<"a_secret_", "of_the_neighbour">>)),
    {'EXIT', {badarg, _}} = (catch binary_to_term(<<131, 119, 25, "a_secret_", "of_the_neighbour">>, [safe])),
    none = persistent_term:get({a_key, of_the, 1}, none),
    true = erlang:memory(total) < 64 bsl 20,
    true = erlang:system_info(process_count) < 40,
    ok.
