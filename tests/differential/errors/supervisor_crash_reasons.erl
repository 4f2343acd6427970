%% SPDX-License-Identifier: Apache-2.0
%% Exit reasons that travel up a chain of links, supervisors and monitors.
-module(supervisor_crash_reasons).
-export([main/0]).
-behaviour(supervisor).
-export([init/1, start_bad/1]).

main() ->
    process_flag(trap_exit, true),
    [begin
        R = supervisor:start_link(?MODULE, How),
        io:format("~p~n", [case R of {ok, P} -> unlink(P), exit(P, kill), ok; {error, E} -> {error, strip(E)} end]),
        flush()
     end || How <- [error, exit, throw, badreturn, ignore, ok, [], bad_spec]],
    ok.

strip({shutdown, {failed_to_start_child, Id, {'EXIT', {R, _}}}}) -> {failed, Id, {exit, R}};
strip({shutdown, {failed_to_start_child, Id, R}}) -> {failed, Id, R};
strip(X) -> X.

flush() -> receive {'EXIT', _, _} -> flush() after 5 -> ok end.

init([]) -> {ok, {#{}, []}};
init(bad_spec) -> {ok, {#{strategy => sometimes}, []}};
init(How) -> {ok, {#{}, [#{id => c, start => {?MODULE, start_bad, [How]}}]}}.

start_bad(error) -> error(bad_start);
start_bad(exit) -> exit(bad_exit);
start_bad(throw) -> throw(bad_throw);
start_bad(badreturn) -> {strange, value};
start_bad(ignore) -> ignore;
start_bad(ok) -> {ok, spawn_link(fun() -> receive x -> x end end)}.
