-module(ping_pong).
-export([run/1]).
run(N) -> P = spawn(fun pong/0), ping(N, P).
pong() -> receive {ping, From, N} -> From ! {pong, N}, pong(); stop -> ok end.
ping(0, P) -> P ! stop, ok;
ping(N, P) -> P ! {ping, self(), N}, receive {pong, N} -> ok end, ping(N - 1, P).
