%% SPDX-License-Identifier: Apache-2.0
%% A case over integers far apart: small, negative, at the edges and big.
-module(select_sparse_ints).
-export([main/0]).

main() ->
    [io:format("~p ~p~n", [N, f(N)]) || N <- values()].

values() ->
    lists:usort([X + D || X <- [-1 bsl 80, -1 bsl 63, -1 bsl 59, -70000, -129, -1, 0, 7, 255,
                                65536, 1 bsl 31, 1 bsl 59, 1 bsl 63, 1 bsl 64, 1 bsl 100],
                          D <- [-1, 0, 1]]).

f(-1208925819614629174706176) -> 'minus 2^80';
f(-9223372036854775808) -> 'minus 2^63';
f(-576460752303423488) -> 'smallest small';
f(-70000) -> a;
f(-129) -> b;
f(-1) -> c;
f(0) -> d;
f(7) -> e;
f(255) -> g;
f(65536) -> h;
f(2147483648) -> '2^31';
f(576460752303423487) -> 'greatest small';
f(576460752303423488) -> 'first big';
f(18446744073709551616) -> '2^64';
f(1267650600228229401496703205376) -> '2^100';
f(_) -> none.
