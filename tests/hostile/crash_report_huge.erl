% SPDX-License-Identifier: Apache-2.0
%% A server with a state of millions of words crashes, and what is reported of it is bounded.
% hostile: 32
% verdict: done or killed
% limits: deadline=5s
-module(crash_report_huge).

-export([main/0, init/1, handle_call/3, handle_cast/2]).
init(N) -> {ok, lists:seq(1, N)}.
handle_call(_, _, S) -> {reply, ok, S}.
handle_cast(_, S) -> error({crashed, S}).
main() ->
    [begin
         {ok, P} = gen_server:start(?MODULE, 500000, []),
         R = monitor(process, P),
         gen_server:cast(P, crash),
         receive {'DOWN', R, process, P, _} -> ok end
     end || _ <- lists:seq(1, 3)],
    timer:sleep(100),
    ok.
