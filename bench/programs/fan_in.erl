-module(fan_in).
-export([run/1]).
run(N) -> Me = self(), [spawn(fun() -> send(N, Me) end) || _ <- lists:seq(1, 50)], collect(50 * N, 0).
send(0, _) -> ok;
send(N, P) -> P ! {msg, N}, send(N - 1, P).
collect(0, S) -> S;
collect(K, S) -> receive {msg, N} -> collect(K - 1, S + N) end.
