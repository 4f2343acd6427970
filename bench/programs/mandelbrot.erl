-module(mandelbrot).
-export([run/1]).
run(N) -> rows(0, N, 0).
rows(N, N, Acc) -> Acc;
rows(Y, N, Acc) -> rows(Y + 1, N, cols(0, Y, N, Acc)).
cols(N, _, N, Acc) -> Acc;
cols(X, Y, N, Acc) -> cols(X + 1, Y, N, Acc + iterate(2.0 * X / N - 1.5, 2.0 * Y / N - 1.0, 0.0, 0.0, 50)).
iterate(_, _, _, _, 0) -> 1;
iterate(CR, CI, R, I, K) ->
    R2 = R * R, I2 = I * I,
    case R2 + I2 > 4.0 of
        true -> 0;
        false -> iterate(CR, CI, R2 - I2 + CR, 2.0 * R * I + CI, K - 1)
    end.
