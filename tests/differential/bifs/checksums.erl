%% SPDX-License-Identifier: Apache-2.0
%% md5, crc32, adler32, phash and phash2: values, contexts, ranges.
-module(checksums).
-export([main/0]).

main() ->
    Data = ["", "abcd", <<"abcd">>, ["a", <<"bc">>, [$d]], binary:copy(<<"0123456789">>, 100)],
    <<_:3, Shifted/bitstring>> = <<0:3, "abcd">>,
    [show(fun() -> {erlang:md5(D), erlang:crc32(D), erlang:adler32(D)} end) || D <- [Shifted | Data]],
    [show(fun() -> erlang:F(id(X)) end) || F <- [md5, crc32, adler32], X <- [a, <<1:1>>, [256], [a], ["abc" | 1]]],
    Final = fun(Parts) -> erlang:md5_final(lists:foldl(fun(P, C) -> erlang:md5_update(C, P) end, erlang:md5_init(), Parts)) end,
    show(fun() -> [Final(Parts) =:= erlang:md5(Parts)
                   || Parts <- [[], Data, [<<0:(N * 8)>> || N <- [1, 54, 55, 56, 57, 63, 64, 65, 127, 128]]]] end),
    show(fun() -> byte_size(erlang:md5_update(erlang:md5_init(), "abc")) end),
    show(fun() -> erlang:md5_final(id(<<1>>)) end),
    show(fun() -> erlang:md5_update(id(<<1>>), <<1>>) end),
    [show(fun() -> erlang:F(id(N), id(D)) end)
     || F <- [crc32, adler32], {N, D} <- [{1, "abcd"}, {0, []}, {4294967295, "abcd"}, {-1, "a"}, {1 bsl 32, "a"}, {a, "a"}, {1, a}]],
    [show(fun() -> erlang:F(id(A), id(B), id(N)) end)
     || F <- [crc32_combine, adler32_combine],
        {A, B, N} <- [{1, 2, 3}, {1, 2, 0}, {1, 2, 1 bsl 31}, {1, 2, 1 bsl 32}, {1, 2, -3}, {a, 2, 3}, {4294967295, 1, 65521}]],
    [show(fun() -> {erlang:phash(id(T), 1000), erlang:phash2(T), erlang:phash2(T, 1000), erlang:phash2(T, 1 bsl 32)} end)
     || T <- [a, 1, -1, 1 bsl 70, 1.5, "abc", {a, [b | c]}, #{a => 1}, <<"abc">>, <<1:3>>, [], {}, lists:seq(1, 1000),
              maps:from_list([{I, I} || I <- lists:seq(1, 100)])]],
    [show(fun() -> erlang:F(abc, id(N)) end) || F <- [phash, phash2], N <- [0, 1, 1 bsl 32, (1 bsl 32) + 1, -1, a]],
    Long = binary:copy(<<"abcdefghij">>, 300000),
    show(fun() -> {erlang:md5(Long), erlang:crc32([Long, $x]), erlang:adler32([[Long]]), erlang:phash2(Long)} end),
    show(fun() -> L = lists:seq(1, 300000), {erlang:phash2(L), erlang:phash2({L, L}, 1 bsl 32)} end).

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
