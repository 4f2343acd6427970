% SPDX-License-Identifier: Apache-2.0
%% A thousand clients call a server that answers none of them.
% hostile: more 11
% verdict: deadline or killed or limit memory
% limits: deadline=1s
-module(call_storm).

-export([main/0, init/1, handle_call/3, handle_cast/2]).
init(_) -> {ok, []}.
handle_call(R, F, S) -> {noreply, [{R, F} | S]}.
handle_cast(_, S) -> {noreply, S}.
main() ->
    {ok, P} = gen_server:start(?MODULE, [], []),
    [spawn(fun() -> calls(P) end) || _ <- lists:seq(1, 1000)], receive never -> ok end.
calls(P) -> catch gen_server:call(P, lists:seq(1, 100), 5), calls(P).
