-module(ring).
-export([run/1]).
run(N) -> Last = lists:foldl(fun(_, Next) -> spawn(fun() -> hop(Next) end) end, self(), lists:seq(1, 100)), turns(N, Last).
hop(Next) -> receive stop -> Next ! stop; M -> Next ! M, hop(Next) end.
turns(0, P) -> P ! stop, receive stop -> ok end;
turns(N, P) -> P ! N, receive N -> ok end, turns(N - 1, P).
