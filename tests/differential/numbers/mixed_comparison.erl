%% SPDX-License-Identifier: Apache-2.0
%% Integers compared with floats, exactly, beyond 2^53.
-module(mixed_comparison).
-export([main/0]).

main() ->
    Ps = [{1 bsl 53, 9007199254740992.0}, {(1 bsl 53) + 1, 9007199254740992.0}, {(1 bsl 53) + 1, 9007199254740994.0},
          {-(1 bsl 53) - 1, -9007199254740992.0}, {1 bsl 60, 1152921504606846976.0}, {(1 bsl 60) + 1, 1152921504606846976.0},
          {1 bsl 64, 18446744073709551616.0}, {(1 bsl 64) - 1, 18446744073709551616.0}, {1 bsl 1023, 8.98846567431158e307},
          {1 bsl 1024, 1.7976931348623157e308}, {-(1 bsl 1024), -1.7976931348623157e308}, {0, 0.0}, {1, 1.0000000000000002}, {3, 2.9999999999999996},
          {trunc(1.0e25), 1.0e25}, {trunc(1.0e25) + 1, 1.0e25}],
    io:format("~p~n", [[{A == B, A < B, A > B, A =< B, A >= B, A =:= B, B == A, B < A} || {A, B} <- Ps]]),
    io:format("~p~n", [lists:sort([3, 1.0, 2, 1, 2.0, 3.0, 0.5, -1, 1 bsl 64, 1.0e10])]),
    io:format("~p~n", [lists:usort([1, 1.0, 1, 1.0, 2])]),
    io:format("~p~n", [lists:keysort(1, [{1.0, a}, {1, b}, {0, c}, {1.0, d}])]),
    io:format("~p~n", [[lists:member(1, [1.0]), lists:keymember(1, 1, [{1.0}]), lists:keyfind(1.0, 1, [{1, x}])]]),
    io:format("~p~n", [[max(1, 1.0), max(1.0, 1), min(1, 1.0), min(1.0, 1)]]).
