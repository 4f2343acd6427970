-module(server_calls).
-behaviour(gen_server).
-export([run/1, init/1, handle_call/3, handle_cast/2]).
run(N) -> {ok, P} = gen_server:start_link(?MODULE, 0, []), R = calls(N, P), gen_server:stop(P), R.
calls(0, P) -> gen_server:call(P, get);
calls(N, P) -> gen_server:call(P, {add, N}), calls(N - 1, P).
init(S) -> {ok, S}.
handle_call({add, N}, _From, S) -> {reply, ok, S + N};
handle_call(get, _From, S) -> {reply, S, S}.
handle_cast(_, S) -> {noreply, S}.
