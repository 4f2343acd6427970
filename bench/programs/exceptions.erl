-module(exceptions).
-export([run/1]).
run(N) -> loop(N, 0).
loop(0, S) -> S;
loop(N, S) -> loop(N - 1, S + try risky(N) catch throw:{odd, X} -> X; error:badarith -> 1 end).
risky(N) when N rem 2 =:= 1 -> throw({odd, 1});
risky(N) when N rem 4 =:= 0 -> N div zero(N);
risky(_) -> 2.
zero(N) -> N - N.
