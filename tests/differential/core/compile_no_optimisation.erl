%% SPDX-License-Identifier: Apache-2.0
%% The compiler without its optimisers: instructions it otherwise avoids.
-module(compile_no_optimisation).
-export([main/0, id/1]).
-compile([no_copt, no_bool_opt, no_type_opt, no_ssa_opt, no_bsm_opt, no_fun_opt, no_recv_opt,
          no_stack_trimming, no_postopt, no_share_opt, no_bs_match, no_jopt]).

main() ->
    io:format("~p~n", [[f(X) || X <- [1, 2.0, a, [], [x], {}, {y, 1}, <<1>>, <<>>, #{k => v}]]]),
    io:format("~p~n", [bin(<<1, 2:4, 3:12, "rest">>)]),
    io:format("~p~n", [sum([1, 2, 3.5])]),
    io:format("~p~n", [try throw(x) catch throw:Y -> {caught, Y} after ok end]),
    self() ! m,
    io:format("~p~n", [receive m -> got after 1000 -> late end]),
    io:format("~p~n", [(id(1) =:= 1) and (id(2) > 1) or not id(false)]),
    io:format("~p~n", [[{A, B} || A <- [1, 2], B <- [3, 4], A + B =/= 5]]).

f(X) when is_integer(X) -> integer;
f(X) when is_float(X), X > 1 -> float;
f(X) when is_atom(X) orelse X =:= [] -> atom;
f([H | _]) -> {list, H};
f({}) -> empty;
f({A, B}) when not (A =:= B) -> {tuple, A, B};
f(<<X, _/binary>>) -> {bin, X};
f(<<>>) -> empty_bin;
f(#{k := V}) -> {map, V}.

bin(<<A, B:4, C:12, R/binary>>) -> {A, B, C, R}.

sum([]) -> 0;
sum([H | T]) -> H + sum(T).

%% Hides a value from the compiler.
id(X) -> X.
