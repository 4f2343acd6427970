%% SPDX-License-Identifier: Apache-2.0
%% Arithmetic in guards: errors make the guard fail, alternatives are tried.
-module(guard_arithmetic).
-export([main/0]).

main() ->
    [io:format("~w ~w~n", [X, [f(X), g(X), h(X)]]) || X <- [0, 1, -1, 2.5, a, [], 1 bsl 70, "ab", {1, 2}]].

f(X) when X + 1 =:= 2 -> one;
f(X) when X * 2 > 3, X - 1 < 5 -> small;
f(X) when X div 2 =:= 0 -> half_zero;
f(X) when X rem 3 =:= 0; X / 0 > 1 -> zero;
f(X) when -X > 0 -> negative;
f(X) when X band 1 =:= 0 -> even;
f(_) -> other.

g(X) when 10 div X > 5; is_atom(X) -> a;
g(X) when abs(X) > 2 -> b;
g(X) when length(X) =:= 2 -> c;
g(X) when tuple_size(X) =:= 2, element(2, X) =:= 2 -> d;
g(_) -> e.

h(X) when X bsl 2 =:= 4 -> a;
h(X) when trunc(X) =:= 2 -> b;
h(X) when round(X) =:= 3 -> c;
h(X) when float(X) < 0 -> d;
h(X) when hd(X) =:= $a -> e;
h(X) when bnot X =:= -1 -> f;
h(_) -> g.
