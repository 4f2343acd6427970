-module(map_update).
-export([run/1]).
run(N) -> M = #{a => 0, b => 0, c => 0, d => 0, e => 0}, loop(N, M).
loop(0, #{a := A}) -> A;
loop(N, #{a := A, c := C} = M) -> loop(N - 1, M#{a := A + 1, c := C + N rem 7}).
