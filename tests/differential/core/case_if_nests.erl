%% SPDX-License-Identifier: Apache-2.0
%% Nested case, if, comprehension and block expressions with shared variables.
-module(case_if_nests).
-export([main/0]).

main() ->
    io:format("~p~n", [[f(A, B) || A <- [1, 2, x], B <- [1, 2, [], {2, 1}]]]),
    io:format("~p~n", [[g(N) || N <- lists:seq(0, 16)]]).

f(A, B) ->
    R = case A of
        1 ->
            X = one,
            case B of
                1 -> Y = same, {X, Y};
                N when is_integer(N), N > A -> Y = greater, {X, Y};
                [] -> Y = nil, [X | Y];
                {_, A} -> Y = pinned, Y;
                _ -> Y = none, none
            end;
        _ when is_atom(A), B =/= [] ->
            X = if B =:= 1 -> atom_one; is_tuple(B) -> atom_tuple; true -> atom_else end,
            Y = begin Z = {X}, Z end,
            {Y, X};
        _ ->
            X = default,
            Y = [E || E <- [A, B], is_integer(E)],
            {X, Y}
    end,
    {R, X, Y}.

g(N) ->
    if
        N =:= 0 -> zero;
        N < 3; N =:= 10 -> small;
        N > 3, N < 6 -> middle;
        N rem 2 =:= 0 andalso N rem 4 =/= 0 -> even;
        (N band 1) =:= 1, (N band 2) =:= 2 orelse N > 12 -> odd;
        true -> N
    end.
