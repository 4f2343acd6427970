% SPDX-License-Identifier: Apache-2.0
%% A scan deletes or replaces an object of a tree when it has used up the steps that walks through
%% terms may take, so that no comparison says any more where the object is.
% hostile: 51 23
% verdict: done
-module(ets_delete_given_up).
-export([main/0]).

main() ->
    [scan(What, Last) || What <- [delete, replace], Last <- [1, 2, 3, 5, 8, 9]],
    ok.

scan(What, Large) ->
    T = ets:new(t, [ordered_set, public]),
    [ets:insert(T, {key(N), x, y}) || N <- lists:seq(1, 9)],
    ets:insert(T, {key(Large), lists:seq(1, 200000), lists:seq(1, 200000)}),
    {Pid, Ref} = spawn_monitor(fun() -> scan(What, T, guard()) end),
    receive {'DOWN', Ref, process, Pid, killed} -> ok end,
    %% What is left is whole.
    Left = [K || {K, _, _} <- ets:tab2list(T)],
    Left = [key(N) || N <- lists:seq(1, 9), ets:member(T, key(N))],
    [ets:insert(T, {key(N), y, N}) || N <- lists:seq(1, 20)],
    20 = ets:info(T, size),
    [[{_, y, N}] = ets:lookup(T, key(N)) || N <- lists:seq(1, 20)],
    ets:delete(T).

%% Comparing two of them takes a while.
key(N) -> lists:duplicate(20000, k) ++ [N].

%% Equal as long as anybody looks: all of them are looked at.
guard() -> list_to_tuple(['orelse' | lists:duplicate(200, {'=/=', '$2', '$3'})]).

scan(delete, T, Guard) -> ets:select_delete(T, [{{'$1', '$2', '$3'}, [Guard], [true]}]);
scan(replace, T, Guard) -> ets:select_replace(T, [{{'$1', '$2', '$3'}, [Guard], [{{'$1', z, z}}]}]).
