%% SPDX-License-Identifier: Apache-2.0
%% Float segments of 16, 32 and 64 bits: rounding, infinities, what is no float,
%% integers as floats, sizes known and unknown.
-module(floats).
-export([main/0]).

values() ->
    [0.0, -0.0, 1.0, -1.0, 1.5, 0.1, -0.1, 3.141592653589793, 1.0e10, 1.0e-10, 1.0e300, -1.0e300, 1.0e-300,
     1.7976931348623157e308, 5.0e-324, 2.2250738585072014e-308, 3.4028234663852886e38, 3.4028235677973366e38,
     3.5e38, 1.401298464324817e-45, 7.0e-46, 1.0e-46, 65504.0, 65519.0, 65519.99999999999, 65520.0, 65536.0,
     6.103515625e-5, 6.097555160522461e-5, 5.960464477539063e-8, 2.9802322387695312e-8, 2.98023223876953125e-8,
     2.980232238769532e-8, 8.9e-8, 1.0e-8, 2049.0, 2051.0, 1.00048828125, 1.0004882821813226, 1.0014648428186774,
     0, 1, -1, 2049, 2051, 65504, 65519, 65520, 16777217, 16777219, 9007199254740993, (1 bsl 59) - 1, 1 bsl 59,
     -(1 bsl 59), (1 bsl 58) + (1 bsl 34) + 1, (1 bsl 63) + 1025, (1 bsl 64) + (1 bsl 63) + 2049,
     (1 bsl 64) + 2049, 1 bsl 127, (1 bsl 128) - 1, 1 bsl 200, 1 bsl 1023, (1 bsl 1024) - (1 bsl 970),
     -(1 bsl 1000)].

sized(V, N, 0) -> <<V:N/float>>;
sized(V, N, O) -> <<1:O, V:N/float>>.

known(V) ->
    try every(V) catch X:Y -> {X, Y} end.

every(V) ->
    {<<V:16/float>>, <<V:32/float>>, <<V:64/float>>, <<V:16/little-float>>, <<V:32/little-float>>,
     <<V:64/little-float>>, <<1:3, V:16/float>>, <<1:3, V:32/float>>, <<1:3, V:64/float>>,
     <<1:7, V:16/little-float>>, <<1:7, V:32/little-float>>, <<1:7, V:64/little-float>>,
     <<V/float>>, <<V/native-float>>, <<V:2/float-unit:16>>}.

main() ->
    [io:format("~p ~p~n", [V, erlang:phash2(known(V))]) || V <- values()],
    [io:format("~p~n", [known(V)]) || V <- [0.1, 65519, 1 bsl 200]],
    [io:format("~p ~p~n", [V, erlang:phash2([try sized(V, N, O) catch X:Y -> {X, Y} end || N <- [16, 32, 64], O <- [0, 5]])])
     || V <- values()],
    match16(),
    match32(),
    match64(),
    [io:format("~p ~p~n", [N, case <<0:7, 1.5:64/float, 0:64>> of <<_:7, F:N/float, R/bits>> -> {F, bit_size(R)}; _ -> no end])
     || N <- [0, 1, 8, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 128, -1, -16, 1 bsl 58, 1 bsl 70, a, 64.0]],
    [io:format("~p ~p~n", [N, case <<1.5:64/float, 0:64>> of <<F:N/float-unit:16, R/bits>> -> {F, bit_size(R)}; _ -> no end])
     || N <- [0, 1, 2, 3, 4, 5, 65, 1 bsl 58]],
    [io:format("~p ~p~n", [N, case <<1.5:64/float, 0:64>> of <<F:N/float-unit:8, R/bits>> -> {F, bit_size(R)}; _ -> no end])
     || N <- [0, 1, 2, 3, 4, 8, 9, 64]],
    [io:format("~p~n", [try begin <<F/float>> = B, F end catch X:Y -> {X, Y} end]) || B <- [<<1.0/float>>, <<1.0:32/float>>, <<>>, <<1.0/float, 0:1>>]].

%% Every half-precision number: what it is, and that it comes back.
match16() -> io:format("~p~n", [halves(65535, 0)]).

halves(-1, Acc) -> Acc;
halves(H, Acc) ->
    F = case <<H:16>> of <<F0:16/float>> -> F0; _ -> none end,
    F = case <<1:1, H:16/little>> of <<_:1, F1:16/little-float>> -> F1; _ -> none end,
    Back = case F of none -> none; _ -> <<G:16>> = <<F:16/float>>, G end,
    halves(H - 1, erlang:phash2({Acc, F, Back})).

patterns() -> [0, 1, 16#7FFFFF, 16#800000, 16#3F800000, 16#7F7FFFFF, 16#7F800000, 16#7F800001, 16#7FC00000,
               16#80000000, 16#80000001, 16#BF800000, 16#FF7FFFFF, 16#FF800000, 16#FFC00000, 16#FFFFFFFF].

match32() ->
    [io:format("~p ~p~n", [P, [case B of <<_:O, F:32/float>> -> F; _ -> none end || O <- [0, 3], B <- [<<0:O, P:32>>]]])
     || P <- patterns()],
    [io:format("~p ~p~n", [P, [case B of <<_:O, F:32/little-float>> -> F; _ -> none end || O <- [0, 3], B <- [<<0:O, P:32/little>>]]])
     || P <- patterns()].

match64() ->
    [io:format("~p ~p~n", [P, [case B of <<_:O, F/float>> -> F; _ -> none end || O <- [0, 3], B <- [<<0:O, P:64>>]]])
     || P <- [P0 bsl 32 bor L || P0 <- [0, 1, 16#FFFFF, 16#100000, 16#3FF00000, 16#7FEFFFFF, 16#7FF00000, 16#7FF80000,
                                        16#80000000, 16#FFF00000, 16#FFFFFFFF, 16#FFEFFFFF], L <- [0, 1, 16#FFFFFFFF]]].
