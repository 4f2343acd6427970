%% SPDX-License-Identifier: Apache-2.0
%% math, and the operators called by name, with every kind of operand.
-module(math_and_operators).
-export([main/0]).

main() ->
    Odd = [a, [], "1", <<1>>, {1}],
    Numbers = [0, 1, -1, 0.5, -0.5, 2.0, 100, 1 bsl 70, -(1 bsl 70), 1 bsl 1100, 1.0e300],
    Unary = [acos, acosh, asin, asinh, atan, atanh, ceil, cos, cosh, erf, erfc, exp, floor, log, log10, log2, sin, sinh,
             sqrt, tan, tanh],
    [show(fun() -> digits(math:F(id(X))) end) || F <- Unary, X <- [a, 0, 1, -1, 0.5, 2.0, 100, 1.0e300]],
    [show(fun() -> math:sqrt(id(X)) end) || X <- Numbers ++ Odd],
    [show(fun() -> math:F(id(X), id(Y)) end)
     || F <- [atan2, fmod, pow], {X, Y} <- [{1, a}, {a, 1}, {1, 0}, {0, -1}, {0, 0}, {7.5, 2}, {-7.5, 2}, {10, 308}, {10, 309}, {1 bsl 1100, a}]],
    [show(fun() -> erlang:F(id(X)) end)
     || F <- ['+', '-', 'not', 'bnot', abs, float, round, trunc, floor, ceil],
        X <- [a, true, 0, -5, 2.5, -2.5, 0.5, 1.0e20, -(1 bsl 70), <<>>]],
    [show(fun() -> erlang:float(id(1 bsl N)) end) || N <- [59, 60, 64, 1023, 1024]],
    [show(fun() -> erlang:F(id(X), id(Y)) end)
     || F <- ['+', '-', '*', '/', 'div', 'rem', 'band', 'bor', 'bxor', 'bsl', 'bsr'],
        {X, Y} <- [{7, 2}, {-7, 2}, {7, 0}, {7, 2.0}, {a, 1}, {1, a}, {1 bsl 70, -3}, {-(1 bsl 70), 1 bsl 69}, {1, 1 bsl 70},
                   {(1 bsl 59) - 1, 1}, {-(1 bsl 59), -1}, {7.5, 2.5}, {0, 1 bsl 70}]],
    show(fun() -> erlang:'*'(id(1.0e300), id(1.0e300)) end),
    [show(fun() -> [erlang:F(id(X), id(Y)) || {X, Y} <- [{1, 1.0}, {1, 2}, {a, 1}, {[1], [1.0]}, {{}, []}, {#{a => 1}, #{a => 1.0}}]] end)
     || F <- ['==', '/=', '=:=', '=/=', '<', '>', '=<', '>=']],
    [show(fun() -> erlang:F(id(X), id(Y)) end)
     || F <- ['and', 'or', 'xor'], {X, Y} <- [{true, true}, {true, false}, {false, false}, {true, a}, {a, true}, {1, 2}]],
    [show(fun() -> [erlang:F(id(X)) || X <- [a, true, 1, 1.0, [], [1], {}, <<>>, <<1:1>>, #{}, self(), make_ref(), fun lists:map/2, 1 bsl 70]] end)
     || F <- [is_atom, is_binary, is_bitstring, is_boolean, is_float, is_function, is_integer, is_list, is_map, is_number, is_pid,
              is_port, is_reference, is_tuple]],
    [show(fun() -> erlang:is_function(id(F), id(A)) end)
     || F <- [fun lists:map/2, fun(_) -> ok end, ff], A <- [1, 2, 1 bsl 70]],
    [show(fun() -> erlang:is_function(id(ff), id(A)) end) || A <- [-1, -(1 bsl 70), a, 1.0]],
    [show(fun() -> erlang:is_record(id(R), id(T)) end) || {R, T} <- [{{a}, a}, {{a}, b}, {{}, a}, {x, a}, {{a}, "a"}, {{"a"}, "a"}]],
    [show(fun() -> erlang:is_record(id(R), id(T), id(N)) end)
     || {R, T, N} <- [{{a}, a, 1}, {{a}, a, 2}, {{a}, a, -1}, {{a}, a, b}, {{a}, a, 1 bsl 70}, {{a}, "a", 1}, {x, a, 1}]],
    [show(fun() -> erlang:F(id(X)) end)
     || F <- [size, tuple_size, byte_size, bit_size, map_size, length], X <- [{1, 2}, <<1, 2>>, <<1:9>>, [1], #{a => 1}, a]].

    %% What is the same with every C library.
    digits(F) when is_float(F) -> list_to_float(float_to_list(F, [{scientific, 12}])).

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
