%% SPDX-License-Identifier: Apache-2.0
%% A JSON reader and writer, a template engine and a tokeniser, over binaries.
-module(parsers).
-export([main/0]).

main() ->
    J = <<"{\"a\": [1, -2.5e3, true, null, \"x\\n\\u00e9\\\"\"], \"b\": {\"c\": {}}, \"d\": []}">>,
    T = json(J),
    io:format("~p~n", [T]),
    io:format("~ts~n", [iolist_to_binary(write(T))]),
    io:format("~p~n", [json(iolist_to_binary(write(T))) =:= T]),
    io:format("~p~n", [t(fun() -> json(<<"[1, 2">>) end)]),
    io:format("~p~n", [t(fun() -> json(<<"{\"a\" 1}">>) end)]),
    io:format("~s~n", [template(<<"Dear {{name}}, you owe {{sum}} {{unit}}.">>, #{<<"name">> => "Ann", <<"sum">> => "5", <<"unit">> => "EUR"})]),
    io:format("~p~n", [tokens(<<"let x1 = 3.14 * (y - 2) ; // c">>)]).

json(B) -> {V, R} = value(ws(B)), <<>> = ws(R), V.
value(<<"{", R/binary>>) -> object(ws(R), #{});
value(<<"[", R/binary>>) -> array(ws(R), []);
value(<<"\"", R/binary>>) -> string(R, <<>>);
value(<<"true", R/binary>>) -> {true, R};
value(<<"false", R/binary>>) -> {false, R};
value(<<"null", R/binary>>) -> {null, R};
value(B) -> number(B).
object(<<"}", R/binary>>, M) -> {M, R};
object(<<"\"", R/binary>>, M) ->
    {K, R1} = string(R, <<>>),
    <<":", R2/binary>> = ws(R1),
    {V, R3} = value(ws(R2)),
    case ws(R3) of <<",", R4/binary>> -> object(ws(R4), M#{K => V}); <<"}", R4/binary>> -> {M#{K => V}, R4} end.
array(<<"]", R/binary>>, []) -> {[], R};
array(B, Acc) ->
    {V, R} = value(B),
    case ws(R) of <<",", R1/binary>> -> array(ws(R1), [V | Acc]); <<"]", R1/binary>> -> {lists:reverse([V | Acc]), R1} end.
string(<<"\"", R/binary>>, A) -> {A, R};
string(<<"\\n", R/binary>>, A) -> string(R, <<A/binary, $\n>>);
string(<<"\\u", H:4/binary, R/binary>>, A) -> string(R, <<A/binary, (binary_to_integer(H, 16))/utf8>>);
string(<<"\\", C, R/binary>>, A) -> string(R, <<A/binary, C>>);
string(<<C/utf8, R/binary>>, A) -> string(R, <<A/binary, C/utf8>>).
number(B) ->
    {match, [{0, L}]} = re:run(B, "^-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?", [{capture, first}]),
    <<N:L/binary, R/binary>> = B,
    {case re:run(N, "[.eE]", [{capture, none}]) of match -> binary_to_float(fix(N)); nomatch -> binary_to_integer(N) end, R}.
fix(N) -> case binary:match(N, <<".">>) of nomatch -> binary:replace(N, <<"e">>, <<".0e">>); _ -> N end.
ws(<<C, R/binary>>) when C =:= $\s; C =:= $\n -> ws(R);
ws(B) -> B.

write(M) when is_map(M) -> ["{", lists:join(",", [[write(K), ":", write(V)] || {K, V} <- lists:sort(maps:to_list(M))]), "}"];
write(L) when is_list(L) -> ["[", lists:join(",", [write(V) || V <- L]), "]"];
write(B) when is_binary(B) -> ["\"", [case C of $" -> "\\\""; $\n -> "\\n"; _ -> <<C/utf8>> end || <<C/utf8>> <= B], "\""];
write(N) when is_integer(N) -> integer_to_list(N);
write(F) when is_float(F) -> float_to_list(F, [short]);
write(A) -> atom_to_list(A).

template(B, M) ->
    case binary:split(B, <<"{{">>) of
        [H] -> [H];
        [H, R] -> [K, R2] = binary:split(R, <<"}}">>), [H, maps:get(K, M) | template(R2, M)]
    end.

tokens(<<>>) -> [];
tokens(<<"//", _/binary>>) -> [comment];
tokens(<<C, R/binary>>) when C =:= $\s -> tokens(R);
tokens(<<C, _/binary>> = B) when C >= $a, C =< $z -> {W, R} = take(B, 0), [{id, W} | tokens(R)];
tokens(<<C, _/binary>> = B) when C >= $0, C =< $9 -> {W, R} = take(B, 0), [{num, W} | tokens(R)];
tokens(<<C, R/binary>>) -> [{op, [C]} | tokens(R)].
take(B, N) ->
    case B of
        <<_:N/binary, C, _/binary>> when C >= $a, C =< $z; C >= $0, C =< $9; C =:= $. -> take(B, N + 1);
        <<W:N/binary, R/binary>> -> {W, R}
    end.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
