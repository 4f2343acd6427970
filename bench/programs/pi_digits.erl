-module(pi_digits).
-export([run/1]).
run(N) -> erlang:phash2(digits(N, {1, 0, 1, 1}, [])).
digits(0, _, Acc) -> Acc;
digits(N, {Q, R, T, K}, Acc) ->
    Y = (3 * Q + R) div T,
    case Y =:= (4 * Q + R) div T of
        true -> digits(N - 1, {10 * Q, 10 * (R - Y * T), T, K}, [Y | Acc]);
        false -> digits(N, {Q * K, (2 * Q + R) * (2 * K + 1), T * (2 * K + 1), K + 1}, Acc)
    end.
