-module(binary_build).
-export([run/1]).
run(N) -> byte_size(build(N, <<>>)).
build(0, B) -> B;
build(N, B) -> build(N - 1, <<B/binary, N:16, (N rem 256), "x">>).
