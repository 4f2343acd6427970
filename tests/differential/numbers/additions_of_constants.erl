%% SPDX-License-Identifier: Apache-2.0
%% +X is X + 0 and X - 1 is X + -1, in their values and in their errors.
-module(additions_of_constants).
-export([main/0, id/1]).

main() ->
    show(fun() -> +id(-0.0) end),
    show(fun() -> {+id(0.0), +id(1.5), +id(3), +id(1 bsl 80), +id(-(1 bsl 59))} end),
    show(fun() -> apply(erlang, '+', [id(-0.0)]) end),
    show(fun() -> {id(-0.0) - 0, id(-0.0) + 0, 0 + id(-0.0), id(-0.0) - 0.0} end),
    [show(F) || F <- [fun() -> id(a) - -1 end, fun() -> id(a) - 1 end, fun() -> id(a) - 0 end, fun() -> id(a) + -1 end,
                     fun() -> -1 + id(a) end, fun() -> 1 - id(a) end, fun() -> id(a) - (-(1 bsl 59)) end,
                     fun() -> id(a) - ((1 bsl 59) - 1) end, fun() -> id(a) + (-(1 bsl 59)) end]],
    show(fun() -> +id(a) end),
    show(fun() -> X = +id("abc"), [X] end),
    show(fun() -> apply(erlang, '+', [id(a)]) end),
    show(fun() -> +a end),
    show(fun() -> +"abc" end),
    show(fun() -> F = fun erlang:'+'/1, F(id(b)) end),
    [io:format("~w ~w~n", [X, guard(X)]) || X <- [1, -0.0, a, <<>>, 1 bsl 70]].

guard(X) when +X == 0 -> zero;
guard(X) when +X > 1 -> more;
guard(X) when +X =:= X -> same;
guard(_) -> other.

show(F) ->
    try F() of V -> io:format("~w~n", [V]) catch C:R:S -> io:format("~w ~w ~w~n", [C, R, hd(S)]) end.

id(X) -> X.
