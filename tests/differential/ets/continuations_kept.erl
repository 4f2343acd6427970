% SPDX-License-Identifier: Apache-2.0
%% Continuations of select, match and their kin that are kept while the table changes, goes, or comes
%% again under its name.
-module(continuations_kept).
-export([main/0]).

main() ->
    [io:format("~p ~p ~p ~p: ~p~n", [Type, Op, Chunk, Change, run(Type, Op, Chunk, Change)])
     || Type <- [set, bag, duplicate_bag, ordered_set],
        Op <- [select, select_reverse, match, match_object],
        Chunk <- [1, 7],
        Change <- [nothing, delete_ahead, delete_all, insert, delete_objects, gone, again, again_other,
                   renamed, fixed_delete, fixed_delete_all, fixed_insert, grow, other_process,
                   given_away, private, twice, kept_after_end]],
    ok.

run(Type, Op, Chunk, Change) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() -> Self ! {result, catch one(Type, Op, Chunk, Change)} end),
    receive {'DOWN', Ref, process, Pid, _} -> ok end,
    receive {result, R} -> R after 0 -> none end.

one(Type, Op, Chunk, Change) ->
    T = ets:new(kept, [Type, named_table, public]),
    fill(T, Type, 1, 20),
    {First, C1} = start(Op, T, Chunk),
    {Second, C2} = step(Op, C1),
    {Op2, C3} = change(Change, T, Type, Op, C1, C2),
    {First, Second, rest(Op2, C3, 40)}.

fill(T, Type, A, B) ->
    [begin ets:insert(T, {N, N * N}), [ets:insert(T, {N, a}) || Type =:= bag orelse Type =:= duplicate_bag] end
     || N <- lists:seq(A, B)].

start(select, T, N) -> ets:select(T, [{{'$1', '$2'}, [], [['$1' | '$2']]}], N);
start(select_reverse, T, N) -> ets:select_reverse(T, [{{'$1', '_'}, [], ['$1']}], N);
start(match, T, N) -> ets:match(T, {'$1', '_'}, N);
start(match_object, T, N) -> ets:match_object(T, {'_', '$1'}, N).

step(_, '$end_of_table') -> {'end', '$end_of_table'};
step(Op, C) ->
    try ets:Op(C) of
        '$end_of_table' -> {'end', '$end_of_table'};
        R -> R
    catch error:E -> {{error, E}, '$end_of_table'}
    end.

rest(_, _, 0) -> [too_long];
rest(_, '$end_of_table', _) -> [];
rest(Op, C, N) ->
    case step(Op, C) of
        {{error, E}, _} -> [{error, E}];
        {R, C2} -> [R | rest(Op, C2, N - 1)]
    end.

change(nothing, _, _, Op, _, C) -> {Op, C};
change(delete_ahead, T, _, Op, _, C) -> [ets:delete(T, N) || N <- lists:seq(5, 15)], {Op, C};
change(delete_all, T, _, Op, _, C) -> ets:delete_all_objects(T), {Op, C};
change(insert, T, Type, Op, _, C) -> fill(T, Type, 21, 24), {Op, C};
change(delete_objects, T, _, Op, _, C) -> [ets:delete_object(T, {N, N * N}) || N <- lists:seq(1, 20, 2)], {Op, C};
change(gone, T, _, Op, _, C) -> ets:delete(T), {Op, C};
change(again, T, Type, Op, _, C) ->
    ets:delete(T), ets:new(T, [Type, named_table]), fill(T, Type, 1, 20), {Op, C};
change(again_other, T, Type, Op, _, C) ->
    Other = case Type of ordered_set -> set; _ -> ordered_set end,
    ets:delete(T), ets:new(T, [Other, named_table]), fill(T, Other, 1, 20), {Op, C};
change(renamed, T, _, Op, _, C) -> ets:rename(T, other_name), {Op, C};
change(fixed_delete, T, _, Op, _, C) ->
    ets:safe_fixtable(T, true), [ets:delete(T, N) || N <- lists:seq(5, 15)], {Op, C};
change(fixed_delete_all, T, _, Op, _, C) ->
    ets:safe_fixtable(T, true), ets:delete_all_objects(T), fill(T, set, 1, 5), {Op, C};
change(fixed_insert, T, Type, Op, _, C) ->
    ets:safe_fixtable(T, true), fill(T, Type, 21, 30), {Op, C};
change(grow, T, Type, Op, _, C) -> fill(T, Type, 100, 2000), [ets:delete(T, N) || N <- lists:seq(100, 2000)], {Op, C};
change(other_process, _, _, Op, C1, C2) ->
    {Pid, Ref} = spawn_monitor(fun() -> exit({done, rest(Op, C1, 40)}) end),
    receive {'DOWN', Ref, process, Pid, {done, R}} -> io:format("~p~n", [R]) end,
    {Op, C2};
change(given_away, T, _, Op, _, C) ->
    Pid = spawn_link(fun() -> receive stop -> ok end end),
    ets:give_away(T, Pid, x),
    {Op, C};
change(private, T, _, Op, C1, C2) ->
    ets:setopts(T, {protection, private}),
    change(other_process, T, none, Op, C1, C2);
change(twice, _, _, Op, C1, C2) -> io:format("~p~n", [rest(Op, C1, 40)]), {Op, C2};
change(kept_after_end, _, _, Op, C1, C2) -> _ = rest(Op, C1, 40), {other(Op), C2}.

other(select) -> match;
other(match) -> select_reverse;
other(select_reverse) -> match_object;
other(match_object) -> select.
