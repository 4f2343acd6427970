% SPDX-License-Identifier: Apache-2.0
%% Continuations of select and match with parts of others in them, numbers beyond the table, improper
%% lists, other tables and specifications; some tables go meanwhile.
% hostile: 51 69
% verdict: deadline
% limits: deadline=2s
-module(ets_forged_continuations).
-export([main/0]).

main() -> forge(tables(), 0).

tables() ->
    [begin
         T = ets:new(t, [Type, public | More]),
         ets:insert(T, [{{k, N}, N, <<N:1000>>} || N <- lists:seq(1, 50)]),
         T
     end || Type <- [set, bag, duplicate_bag, ordered_set], More <- [[], [compressed], [{keypos, 2}]]].

forge(Tables, N) when N rem 500 =:= 499 ->
    T = pick(Tables),
    ets:delete(T),
    Fresh = tables(),
    [ets:delete(Old) || Old <- Tables, Old =/= T],
    forge(Fresh, N + 1);
forge(Tables, N) ->
    Good = [{} | [C || T <- [pick(Tables), pick(Tables), pick(Tables)], C <- begun(T)]],
    Values = [V || C <- Good, V <- tuple_to_list(C)] ++ odd(),
    [use(edit(pick(Good), Values, rand:uniform(3)), 30) || _ <- lists:seq(1, 20)],
    forge(Tables, N + 1).

begun(T) ->
    Key = pick(['_', '$1', {k, '$1'}, {k, 7}, '$2']),
    Pattern = pick([{Key, '$3', '_'}, {'_', Key, '_'}, '$3', {Key, '_'}]),
    Size = rand:uniform(9),
    Spec = [{Pattern, [], [pick(['$_', {{'$_'}}, '$$'])]}],
    [C || {_, C} <- [catch ets:select(T, Spec, Size), catch ets:select_reverse(T, Spec, Size),
                     catch ets:match_object(T, Pattern, Size)],
          is_tuple(C)].

odd() ->
    [-1, 0, 1, 3, 1 bsl 58, -(1 bsl 58), 1 bsl 70, 1.5, [], [a | b], [[x] | y], lists:seq(1, 40),
     make_ref(), self(), t, gone, <<>>, #{}, {}, ets:match_spec_compile([{{'$1', '_'}, [], [{element, 1, '$_'}]}]),
     ets:match_spec_compile([{'$1', [], ['$1']}]), gone(), fun() -> ok end,
     '$end_of_table', {k, 7}, {k, []}].

gone() -> T = ets:new(gone, []), ets:delete(T), T.

edit(C, _, N) when N =:= 0; not is_tuple(C) -> C;
edit(C, Values, N) ->
    case rand:uniform(20) of
        1 -> edit(erlang:append_element(C, pick(Values)), Values, N - 1);
        2 when tuple_size(C) > 0 -> edit(erlang:delete_element(tuple_size(C), C), Values, N - 1);
        _ when tuple_size(C) > 0 -> edit(setelement(rand:uniform(tuple_size(C)), C, pick(Values)), Values, N - 1);
        _ -> C
    end.

use(_, 0) -> ok;
use(C, N) ->
    Op = pick([select, select_reverse, match, match_object]),
    case catch ets:Op(C) of
        {_, Next} when N rem 10 =/= 0 -> use(Next, N - 1);
        {_, Next} -> use(edit(Next, odd(), 1), N - 1);
        _ -> ok
    end.

pick(L) -> lists:nth(rand:uniform(length(L)), L).
