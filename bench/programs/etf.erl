-module(etf).
-export([run/1]).
run(N) -> T = [{I, atom, <<"binary">>, "string", #{k => I}, 1.5 * I} || I <- lists:seq(1, 100)], loop(N, T, 0).
loop(0, _, S) -> S;
loop(N, T, S) -> B = term_to_binary(T), T = binary_to_term(B), loop(N - 1, T, S + byte_size(B)).
