%% SPDX-License-Identifier: Apache-2.0
%% EUnit: its generators, fixtures, reports of failures and the order of tests.
-module(eunit_runs).
-include_lib("eunit/include/eunit.hrl").
-export([main/0]).
-export([start/1, init/1, handle_begin/3, handle_end/3, handle_cancel/3, terminate/2]).

main() ->
    io:format("~p~n", [eunit:test(?MODULE, [no_tty, {report, {?MODULE, []}}])]),
    io:format("~p~n", [eunit:test([{"one", fun() -> ok end}, fun() -> ?assertEqual(1, 1) end], [no_tty])]),
    io:format("~p~n", [eunit:test(fun() -> error(bad) end, [no_tty])]),
    [io:format("~p~n", [outcome(F)])
     || F <- [fun() -> ?assert(1 =:= 2) end, fun() -> ?assertEqual([1, 2], lists:seq(1, 3)) end, fun() -> ?assertMatch({ok, _}, error) end,
              fun() -> ?assertException(error, badarg, atom_to_list(1)) end, fun() -> ?assertError(badarith, ok) end,
              fun() -> ?assertThrow(x, throw(y)) end, fun() -> ?assertNot(true) end, fun() -> ?assertNotEqual(a, a) end]].

outcome(F) ->
    try F()
    catch
        error:{Kind, Info} -> {Kind, [X || {K, _} = X <- Info, K =/= line]};
        C:R -> {C, R}
    end.

simple_test() -> ?assertEqual(3, 1 + 2).
failing_test() -> ?assertEqual(4, 1 + 2).
throwing_test() -> throw(ball).
exit_test() -> exit(normal).
many_test_() -> [?_assert(N < 9) || N <- lists:seq(1, 10)].
named_test_() -> {"a name", [{"inner", ?_assertEqual(a, b)}, ?_assertMatch([_ | _], "x")]}.
setup_test_() ->
    {setup, fun() -> ets:new(t, [public]) end, fun ets:delete/1,
     fun(T) -> [?_assert(ets:insert(T, {1, 2})), ?_assertEqual([{1, 2}], ets:lookup(T, 1))] end}.
foreach_test_() ->
    {foreach, fun() -> put(k, v) end, fun(_) -> erase(k) end,
     [fun(_) -> ?_assertEqual(v, get(k)) end, {"with name", fun() -> ok end}]}.
failing_setup_test_() -> {setup, fun() -> error(no_setup) end, fun(_) -> ok end, [?_assert(true)]}.
failing_cleanup_test_() -> {setup, fun() -> ok end, fun(_) -> error(no_cleanup) end, [?_assert(true)]}.
spawned_test_() -> {spawn, ?_assert(true)}.
parallel_test_() -> {inparallel, 2, [?_assert(true), ?_assert(true), ?_assert(false)]}.
timed_out_test_() -> {timeout, 0.05, fun() -> timer:sleep(2000) end}.
generator_test_() -> {generator, fun() -> [?_test(ok)] end}.
bad_generator_test_() -> {nothing, like, a, test}.

%% A listener of its own: what eunit says, without times.
start(Options) -> eunit_listener:start(?MODULE, Options).
init(Options) -> Options.
handle_begin(Kind, Data, State) -> say(["begin", Kind, keep(Data)]), State.
handle_end(Kind, Data, State) -> say(["end", Kind, keep(Data)]), State.
handle_cancel(Kind, Data, State) -> say(["cancel", Kind, keep(Data)]), State.
terminate({ok, Data}, _) -> say(lists:sort(Data));
terminate(Other, _) -> say(Other).
keep(Data) -> [{K, status(V)} || {K, V} <- Data, lists:member(K, [id, desc, status, reason, output, source])].
status({error, {C, R, Trace}}) -> {C, R, [{M, F, if is_list(A) -> length(A); true -> A end} || {M, F, A, _} <- lists:sublist(Trace, 2)]};
status(V) -> V.
say(Term) -> io:format("~p~n", [Term]).
