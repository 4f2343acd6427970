%% SPDX-License-Identifier: Apache-2.0
%% The children of a large map are shown without its inner nodes, which are no maps.
%% expect: [] 0
-module(inner_nodes_do_not_escape).
-export([main/0]).

main() ->
    Big = maps:from_list([{I, I} || I <- lists:seq(1, 5000)]),
    Children = erts_internal:map_hashmap_children(Big),
    Leaves = leaves(Children),
    io:format("~p ~p~n", [[C || C <- Children, is_map(C)], length(Leaves) - map_size(Big)]).

leaves([]) -> [];
leaves([[_ | _] = Leaf | Rest]) -> [Leaf | leaves(Rest)];
leaves([Node | Rest]) when is_tuple(Node) -> leaves(tuple_to_list(Node)) ++ leaves(Rest).
