-module(json_codec).
-export([run/1]).
run(N) -> T = doc(), loop(N, T, 0).
loop(0, _, S) -> S;
loop(N, T, S) -> B = iolist_to_binary(enc(T)), {T2, <<>>} = dec(B), true = map_size(T2) =:= 4, loop(N - 1, T, S + byte_size(B)).
doc() -> #{<<"name">> => <<"apex">>, <<"tags">> => [<<"a">>, <<"bc">>, true, null], <<"n">> => 12345,
           <<"items">> => [#{<<"id">> => I, <<"v">> => <<"value ", (integer_to_binary(I))/binary>>} || I <- lists:seq(1, 20)]}.
enc(M) when is_map(M) -> [${, join([[enc(K), $:, enc(V)] || {K, V} <- maps:to_list(M)]), $}];
enc(L) when is_list(L) -> [$[, join([enc(X) || X <- L]), $]];
enc(B) when is_binary(B) -> [$", esc(B), $"];
enc(I) when is_integer(I) -> integer_to_binary(I);
enc(A) when is_atom(A) -> atom_to_binary(A).
join([]) -> [];
join([X]) -> X;
join([X | T]) -> [X, $, | join(T)].
esc(B) -> << <<(e(C))/binary>> || <<C>> <= B >>.
e($") -> <<"\\\"">>;
e($\\) -> <<"\\\\">>;
e(C) -> <<C>>.
dec(<<${, T/binary>>) -> obj(T, []);
dec(<<$[, T/binary>>) -> arr(T, []);
dec(<<$", T/binary>>) -> str(T, <<>>);
dec(<<"true", T/binary>>) -> {true, T};
dec(<<"null", T/binary>>) -> {null, T};
dec(<<C, _/binary>> = B) when C >= $0, C =< $9 -> num(B, 0).
num(<<C, T/binary>>, A) when C >= $0, C =< $9 -> num(T, A * 10 + C - $0);
num(T, A) -> {A, T}.
str(<<$", T/binary>>, A) -> {A, T};
str(<<$\\, C, T/binary>>, A) -> str(T, <<A/binary, C>>);
str(<<C, T/binary>>, A) -> str(T, <<A/binary, C>>).
arr(<<$], T/binary>>, A) -> {lists:reverse(A), T};
arr(<<$,, T/binary>>, A) -> arr(T, A);
arr(B, A) -> {V, T} = dec(B), arr(T, [V | A]).
obj(<<$}, T/binary>>, A) -> {maps:from_list(A), T};
obj(<<$,, T/binary>>, A) -> obj(T, A);
obj(B, A) -> {K, <<$:, T/binary>>} = dec(B), {V, T2} = dec(T), obj(T2, [{K, V} | A]).
