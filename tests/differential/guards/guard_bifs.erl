%% SPDX-License-Identifier: Apache-2.0
%% All guard builtins with good arguments and with bad ones.
-module(guard_bifs).
-export([main/0]).

main() ->
    Vs = [0, 3, -2, 2.5, -2.5, a, [], [3, 4], {3, 4}, {}, <<1, 2, 3>>, <<1:4>>, #{a => 3}, #{}, 1 bsl 70, self],
    [io:format("~w ~w~n", [V, [N || {N, true} <- lists:zip(lists:seq(1, 24), all(V))]]) || V <- Vs].

all(X) ->
    [if abs(X) =:= 2 -> true; true -> false end,
     if bit_size(X) =:= 24 -> true; true -> false end,
     if byte_size(X) =:= 1 -> true; true -> false end,
     if ceil(X) =:= 3 -> true; true -> false end,
     if element(1, X) =:= 3 -> true; true -> false end,
     if float(X) == 3 -> true; true -> false end,
     if floor(X) =:= -3 -> true; true -> false end,
     if hd(X) =:= 3 -> true; true -> false end,
     if tl(X) =:= [4] -> true; true -> false end,
     if length(X) =:= 0 -> true; true -> false end,
     if map_get(a, X) =:= 3 -> true; true -> false end,
     if is_map_key(a, X) -> true; true -> false end,
     if map_size(X) =:= 0 -> true; true -> false end,
     max(X, 3) =:= 3,
     min(X, 3) =:= 3,
     if round(X) =:= 3 -> true; true -> false end,
     if size(X) =:= 2 -> true; true -> false end,
     if trunc(X) =:= -2 -> true; true -> false end,
     if tuple_size(X) =:= 0 -> true; true -> false end,
     if binary_part(X, 1, 2) =:= <<2, 3>> -> true; true -> false end,
     if node(X) =:= node() -> true; true -> false end,
     if self() =/= X -> true; true -> false end,
     if not is_atom(X) -> true; true -> false end,
     if X > 2, X < 1 bsl 64 -> true; true -> false end].
