% SPDX-License-Identifier: Apache-2.0
%% Scans of tables die in the middle for want of memory, of their table or of the right to it; others
%% change the tables meanwhile. What is left is whole, and nobody holds it fixed.
% hostile: 51 8
% verdict: done or limit memory
% limits: memory=24M,deadline=60s
-module(ets_scan_refused).
-export([main/0]).

main() ->
    [scan(Type, More, What) || Type <- [set, bag, duplicate_bag, ordered_set], More <- [[], [compressed]],
                               What <- [all, chunk, reverse, replace, delete, insert, gone, mine, killed]],
    ok.

scan(Type, More, What) ->
    T = ets:new(t, [Type, public | More]),
    ets:insert(T, [{{k, N}, <<N:800>>, N} || N <- lists:seq(1, 3000)]),
    {Pid, Ref} = spawn_monitor(fun() -> use(What, T), exit(normal) end),
    {Other, Last} = case What of
                        mine -> meanwhile(What, T, Pid), {Pid, Ref};
                        _ -> spawn_monitor(fun() -> meanwhile(What, T, Pid) end)
                    end,
    receive {'DOWN', Ref, process, Pid, _} -> ok end,
    [receive {'DOWN', Last, process, Other, _} -> ok end || Last =/= Ref],
    case ets:info(T) of
        undefined -> ok;
        _ -> whole(T), ets:delete(T)
    end.

whole(T) ->
    false = ets:info(T, safe_fixed),
    Size = ets:info(T, size),
    Size = count(T, ets:first(T), 0),
    Size = ets:select_count(T, [{'_', [], [true]}]),
    ets:delete_all_objects(T),
    0 = ets:info(T, size).

count(_, '$end_of_table', N) -> N;
count(T, K, N) -> [_ | _] = L = ets:lookup(T, K), count(T, ets:next(T, K), N + length(L)).

meanwhile(gone, T, _) -> erlang:yield(), ets:delete(T);
meanwhile(mine, T, _) -> erlang:yield(), ets:setopts(T, {protection, private});
meanwhile(killed, _, Pid) -> erlang:yield(), erlang:yield(), exit(Pid, kill);
meanwhile(_, T, _) -> [begin ets:delete(T, {k, N}), ets:insert(T, {{k, -N}, x, N}), erlang:yield() end || N <- lists:seq(1, 50)].

%% Until there is no memory for more.
use(all, T) -> all(T, []);
use(chunk, T) -> chunks(T, []);
use(reverse, T) -> reverse(T, []);
use(replace, T) -> replace(T, 100);
use(delete, T) -> fill(), ets:select_delete(T, [{{'$1', '_', '$2'}, [{'=:=', {'rem', '$2', 2}, 0}, {is_tuple, {{'$1', '$1'}}}], [true]}]);
use(insert, T) -> insert(T, 1);
use(_, T) -> many(T).

all(T, L) -> all(T, [ets:select(T, [{{'$1', '$2', '$3'}, [], [{{'$2', '$2', '$1', '$1', '$1'}}]}]) | L]).

chunks(T, L) -> chunks(T, [ets:select(T, [{'$1', [], ['$1']}], 1000) | L]).

reverse(T, L) -> reverse(T, [ets:select_reverse(T, [{'$1', [], [{{'$1', '$1'}}]}], 700) | L]).

replace(T, N) ->
    B = binary:copy(<<N>>, N),
    catch ets:select_replace(T, [{{'$1', '_', '$2'}, [], [{{'$1', {const, [B, lists:seq(1, N)]}, '$2'}}]}]),
    replace(T, N * 2).

insert(T, N) -> ets:insert(T, [{{k, I}, lists:seq(1, N), I} || I <- lists:seq(1, 3000)]), insert(T, N * 4).

many(T) -> _ = ets:select_count(T, [{{'$1', '$2', '_'}, [{'=/=', '$1', '$2'}], [true]}]), many(T).

fill() -> fill([]).
fill(L) -> case erlang:memory(total) of M when M > 20000000 -> L; _ -> fill([binary:copy(<<0>>, 100000) | L]) end.
