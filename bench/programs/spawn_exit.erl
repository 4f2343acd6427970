-module(spawn_exit).
-export([run/1]).
run(0) -> ok;
run(N) -> {P, R} = spawn_monitor(fun() -> ok end), receive {'DOWN', R, process, P, normal} -> ok end, run(N - 1).
