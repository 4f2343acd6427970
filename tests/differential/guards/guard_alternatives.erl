%% SPDX-License-Identifier: Apache-2.0
%% Commas and semicolons, andalso and orelse, and failing parts of each.
-module(guard_alternatives).
-export([main/0]).

main() ->
    [io:format("~w ~w~n", [X, [f(X), g(X), h(X), i(X)]]) || X <- [1, 0, a, true, false, [1], {1}, 2.0]].

f(X) when X =:= 1; hd(X) =:= 1; element(1, X) =:= 1 -> yes;
f(_) -> no.

g(X) when is_list(X) andalso hd(X) =:= 1 -> list;
g(X) when is_tuple(X), element(1, X) =:= 1; X == 2 -> tuple_or_two;
g(_) -> no.

h(X) when X orelse false -> bool_true;
h(X) when not X -> bool_false;
h(X) when (X > 0) and (X < 2) -> range;
h(X) when (X =:= a) or (length(X) > 0) -> a_or_error;
h(X) when X =:= a -> a;
h(_) -> no.

i(X) when is_integer(X) xor is_float(X) -> number;
i(X) when (hd(X) =:= 1) or true -> strict_or;
i(X) when true orelse hd(X) -> lazy_or;
i(_) -> no.
