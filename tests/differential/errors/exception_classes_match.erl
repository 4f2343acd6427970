%% SPDX-License-Identifier: Apache-2.0
%% Patterns over class, reason and trace in catch clauses, with guards.
-module(exception_classes_match).
-export([main/0, id/1]).

main() ->
    [io:format("~p~n", [k(F)])
     || F <- [fun() -> throw(1) end, fun() -> throw({a, 2}) end, fun() -> error(badarg) end,
              fun() -> atom_to_list(id(1)) end, fun() -> exit(normal) end, fun() -> exit({shutdown, x}) end,
              fun() -> error({badmatch, v}) end, fun() -> 1 = id(2) end, fun() -> 5 end,
              fun() -> throw(-3) end, fun() -> exit(4) end, fun() -> error(7) end]].

k(F) ->
    try F() of
        N when N > 3 -> {value, N}
    catch
        N when is_integer(N), N > 0 -> {throw_positive, N};
        throw:{a, X} -> {throw_a, X};
        error:badarg -> just_badarg;
        exit:normal -> normal;
        exit:{shutdown, X} -> {shutdown, X};
        error:{badmatch, X}:S -> {badmatch, X, is_list(S)};
        C:R when C =:= exit; R =:= 7 -> {other, C, R};
        _:R -> {rest, R}
    end.

%% Hides a value from the compiler.
id(X) -> X.
