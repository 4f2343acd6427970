%% SPDX-License-Identifier: Apache-2.0
%% The same binary matching and construction compiled for older instruction sets.
-module(compile_old_binaries).
-export([main/0]).
-compile([r24, no_bs_create_bin]).

main() ->
    io:format("~p~n", [parse(<<1, 2:16, 3:32/little, -4:8/signed, 1.5/float, "tail">>)]),
    io:format("~p~n", [build(1, 2, 1.5, <<"bin">>)]),
    io:format("~p~n", [utf(<<"aé日😀"/utf8>>)]),
    io:format("~p~n", [acc(<<"hello">>, <<>>)]),
    io:format("~p~n", [t(fun() -> build(a, 2, 1.5, <<>>) end)]),
    io:format("~p~n", [t(fun() -> build(1, 2, 1.5, x) end)]).

parse(<<A, B:16, C:32/little, D:8/signed, E/float, R/binary>>) -> {A, B, C, D, E, R};
parse(_) -> no.

build(A, B, C, D) -> <<A, B:24, C/float, D/binary, "end", A/utf8>>.

utf(<<C/utf8, R/binary>>) -> [C | utf(R)];
utf(<<>>) -> [].

acc(<<C, R/binary>>, A) -> acc(R, <<A/binary, (C + 1)>>);
acc(<<>>, A) -> A.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
