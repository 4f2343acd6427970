%% SPDX-License-Identifier: Apache-2.0
%% Options for the locks of a table: which are accepted, what info says, in what order the table is walked through.
-module(numbers_of_locks).
-export([main/0]).

-define(LOCKS(N), {write_concurrency, {debug_hash_fixed_number_of_locks, N}}).

main() ->
    [new([?LOCKS(N)]) || N <- [1, 2, 63, 64, 65, 127, 128, 2048, 5000, 32767, 32768, 0, -1, 32769, a, 1.0, 1 bsl 70]],
    [new([{write_concurrency, V}]) || V <- [{a, 64}, {debug_hash_fixed_number_of_locks}, {}, a, 64]],
    [new([?LOCKS(128), Option]) || Option <- [bag, duplicate_bag, ordered_set, private, public, {write_concurrency, true},
                                              {write_concurrency, auto}, {write_concurrency, false},
                                              {decentralized_counters, false}, {read_concurrency, true}]],
    [new([Option, ?LOCKS(128)]) || Option <- [bag, ordered_set, private, {write_concurrency, auto}, {write_concurrency, false},
                                              {decentralized_counters, false}]],
    [new([ordered_set, bag, ?LOCKS(128)]) || _ <- [1]],
    [new(Options) || Options <- [[ordered_set, {write_concurrency, true}], [{write_concurrency, true}, ordered_set],
                                 [ordered_set, {write_concurrency, true}, bag], [ordered_set, bag, {write_concurrency, true}],
                                 [{write_concurrency, auto}, {write_concurrency, true}],
                                 [{write_concurrency, true}, {write_concurrency, auto}],
                                 [{write_concurrency, auto}, {write_concurrency, false}],
                                 [{write_concurrency, auto}, bag], [ordered_set, private, {write_concurrency, true}],
                                 [ordered_set, private, {decentralized_counters, true}]]],
    [walk(Type, N, Count) || Type <- [set, bag], N <- [64, 512, 4096, 32768], Count <- [0, 10, 3000, 40000]],
    [shrunk(N) || N <- [64, 2048, 8192]],
    [begin
         T1 = ets:new(t, [Type]),
         fill(T1, 40000),
         show(T1, [Type, long_list])
     end || Type <- [set, bag, duplicate_bag]],
    [stats(Options) || Options <- [[], [bag], [?LOCKS(128), {decentralized_counters, false}], [{write_concurrency, true}]]],
    %% What the buckets and the locks take.
    [begin
         T = ets:new(t, [public | Options]),
         [ets:insert(T, {I}) || I <- lists:seq(1, N)],
         Buckets = case ets:info(T, type) of set -> ets:info(T, memory) - N * 7; _ -> none end,
         ets:delete_all_objects(T),
         io:format("~0p ~0p ~0p ~0p~n", [Options, N, Buckets, ets:info(T, memory)]),
         ets:delete(T)
     end || Type <- [set, ordered_set], Write <- [true, false], Read <- [true, false],
            Options <- [[Type, {write_concurrency, Write}, {read_concurrency, Read}]],
            N <- [0, 256, 257, 2304, 2305, 4352, 4353, Type =:= set andalso Write =:= Read andalso 530000], is_integer(N)].

new(Options) ->
    R = try
            T = ets:new(t, Options),
            Info = [{I, ets:info(T, I)} || I <- [type, write_concurrency, read_concurrency, decentralized_counters, memory]],
            ets:insert(T, {1, 2}),
            ets:delete(T),
            Info
        catch C:E -> {C, E}
        end,
    io:format("~0p~n  ~0p~n", [Options, R]).

walk(Type, N, Count) ->
    T = ets:new(t, [Type, public, ?LOCKS(N), {decentralized_counters, false}]),
    fill(T, Count),
    show(T, [Type, N, Count]),
    ets:delete_all_objects(T),
    ets:insert(T, [{I} || I <- lists:seq(1, 20)]),
    show(T, again),
    ets:delete(T).

%% A long list is inserted from its end, one that a slice is enough for is not.
fill(T, Count) when Count > 32000 -> ets:insert(T, [{I, I} || I <- lists:seq(1, Count)]);
fill(T, Count) -> [ets:insert(T, {I, I}) || I <- lists:seq(1, Count)].

stats(Options) ->
    T = ets:new(t, Options),
    [ets:insert(T, {I}) || I <- lists:seq(1, 1000)],
    ets:safe_fixtable(T, true),
    S1 = ets:info(T, stats),
    [ets:delete(T, I) || I <- lists:seq(1, 500)],
    S2 = ets:info(T, stats),
    ets:delete_all_objects(T),
    S3 = ets:info(T, stats),
    ets:insert(T, {1}),
    S4 = ets:info(T, stats),
    ets:safe_fixtable(T, false),
    io:format("~0p~n~0p~n~0p~n~0p~n~0p~n~0p~n", [Options, S1, S2, S3, S4, ets:info(T, stats)]).

shrunk(N) ->
    T = ets:new(t, [public, ?LOCKS(N), {decentralized_counters, false}]),
    ets:insert(T, [{I, I} || I <- lists:seq(1, 30000)]),
    [ets:delete(T, I) || I <- lists:seq(1, 29900)],
    show(T, N),
    ets:delete(T).

show(T, What) ->
    L = ets:tab2list(T),
    Keys = keys(T, ets:first(T)),
    io:format("~0p ~0p ~0p ~0p ~0p~n", [What, lists:sublist(L, 10), erlang:phash2(L), Keys =:= [element(1, O) || O <- L] orelse
                                        lists:reverse(Keys) =:= [element(1, O) || O <- L], slots(T)]).

keys(_, '$end_of_table') -> [];
keys(T, Key) -> [Key | keys(T, ets:next(T, Key))].

%% How many buckets there are.
slots(T) -> slots(T, 0).
slots(T, N) ->
    case ets:slot(T, N) of
        '$end_of_table' -> N;
        _ -> slots(T, N + 1)
    end.
