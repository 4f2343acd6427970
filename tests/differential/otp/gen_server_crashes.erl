%% SPDX-License-Identifier: Apache-2.0
%% gen_server: crashes in callbacks, seen by the caller and a linked process.
-module(gen_server_crashes).
-export([main/0]).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2]).

main() ->
    process_flag(trap_exit, true),
    [begin
        {ok, P} = gen_server:start_link(?MODULE, [], []),
        X = try gen_server:call(P, How) catch C:{R, {M, F, _}} -> {C, trim(R), M, F} end,
        receive {'EXIT', P, Y} -> io:format("~p ~p~n", [X, trim(Y)]) end
     end || How <- [badmatch, error, exit, bad_return, {stop, custom}, normal]],
    io:format("~p~n", [trim(gen_server:start(?MODULE, crash, []))]),
    io:format("~p~n", [gen_server:start(?MODULE, exit, [])]),
    io:format("~p~n", [gen_server:start(?MODULE, slow, [{timeout, 10}])]),
    {ok, Q} = gen_server:start(?MODULE, [], []),
    M = monitor(process, Q),
    gen_server:cast(Q, undefined_cast),
    receive {'DOWN', M, _, _, Z} -> io:format("~p~n", [trim(Z)]) end.

trim({{R, S}, T}) when is_list(S) -> {{R, trace}, T};
trim({R, [{_, _, _, _} | _]}) -> {R, trace};
trim({error, X}) -> {error, trim(X)};
trim(X) -> X.

init(crash) -> error(in_init);
init(exit) -> exit(in_init);
init(slow) -> timer:sleep(1000);
init(_) -> {ok, state}.

handle_call(badmatch, _, S) -> other = S;
handle_call(error, _, _) -> error(oops);
handle_call(exit, _, _) -> exit(bye);
handle_call(bad_return, _, _) -> nonsense;
handle_call({stop, R}, _, S) -> {stop, R, S};
handle_call(normal, _, S) -> {stop, normal, S}.

handle_cast(known, S) -> {noreply, S}.
