%% SPDX-License-Identifier: Apache-2.0
%% Literals of every kind and size in the code.
-module(literals).
-export([main/0]).

main() ->
    io:format("~p~n", [ints()]),
    io:format("~p~n", [[1.0, -0.5, 1.0e308, 5.0e-324, 123456.789]]),
    io:format("~p~n", [{[], {}, <<>>, #{}, "", '', ""}]),
    io:format("~p~n", [[a, 'A b', 'ü', '\n', '日本']]),
    io:format("~p~n", [{nested, [{deep, #{map => [1, {2, <<"bin">>}]}} | tail]}]),
    io:format("~p~n", [<<1, 2, 3:4, "text", 16#ffff:16/little>>]),
    io:format("~p~n", [#{1 => a, b => "c", {d} => [e], <<"f">> => 1.5}]),
    io:format("~p~n", [{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}]),
    io:format("~p~n", [fun lists:map/2]),
    io:format("~p~n", [same() =:= same()]),
    io:format("~p~n", [erts_debug:same(same(), same())]),
    io:format("~ts~n", ["snowman \x{2603}"]),
    io:format("~p~n", [$\n]),
    io:format("~p~n", ["\e\t\"\\\x01\x{1F600}"]).

ints() ->
    [0, 1, -1, 15, 16, -16, 127, 128, -128, -129, 255, 256, 2047, 2048, -2048, 32767, 32768, -32769,
     16#7fffff, 16#800000, 16#7fffffff, 16#80000000, -16#80000000, 16#7fffffffff, 16#7fffffffffff,
     576460752303423487, 576460752303423488, -576460752303423488, -576460752303423489,
     16#7fffffffffffffff, 16#8000000000000000, -16#8000000000000000, 16#ffffffffffffffff,
     16#123456789abcdef0123456789abcdef, -16#123456789abcdef0123456789abcdef].

same() -> {a, [literal], "value"}.
