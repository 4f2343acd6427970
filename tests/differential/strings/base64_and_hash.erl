%% SPDX-License-Identifier: Apache-2.0
%% base64, erlang:md5, crc32, adler32, in one go and in parts.
-module(base64_and_hash).
-export([main/0]).

main() ->
    Ds = [<<>>, <<"a">>, <<"ab">>, <<"abc">>, <<"The quick brown fox">>, binary:copy(<<0, 255, 7>>, 1000)],
    io:format("~p~n", [[base64:encode(D) || D <- lists:sublist(Ds, 5)]]),
    io:format("~p~n", [[base64:decode(base64:encode(D)) =:= D || D <- Ds]]),
    io:format("~p~n", [[base64:mime_decode("aG Vs\nbG8="), base64:decode_to_string("aGVsbG8=")]]),
    io:format("~p~n", [[erlang:md5(D) || D <- Ds]]),
    io:format("~p~n", [[erlang:crc32(D) || D <- Ds]]),
    io:format("~p~n", [[erlang:adler32(D) || D <- Ds]]),
    C = erlang:md5_update(erlang:md5_update(erlang:md5_init(), "The quick "), [<<"brown">>, " fox"]),
    io:format("~p~n", [erlang:md5_final(C)]),
    io:format("~p~n", [[erlang:crc32(erlang:crc32("The "), "quick"), erlang:crc32("The quick"), erlang:crc32_combine(erlang:crc32("ab"), erlang:crc32("cd"), 2) =:= erlang:crc32("abcd")]]),
    io:format("~p~n", [[erlang:adler32(erlang:adler32("The "), "quick"), erlang:adler32_combine(erlang:adler32("ab"), erlang:adler32("cd"), 2) =:= erlang:adler32("abcd")]]),
    io:format("~p~n", [[t(fun() -> F(X) end) || F <- [fun erlang:md5/1, fun erlang:crc32/1, fun erlang:adler32/1], X <- [a, [a], <<1:1>>]]]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
