%% SPDX-License-Identifier: Apache-2.0
%% code:load_binary with broken files and wrong names.
-module(load_errors).
-export([main/0, id/1]).

main() ->
    B = good(),
    io:format("~p~n", [code:load_binary(other_name, "x", B)]),
    io:format("~p~n", [code:load_binary(le_good, "x", <<"FOR1">>)]),
    io:format("~p~n", [code:load_binary(le_good, "x", <<>>)]),
    io:format("~p~n", [code:load_binary(le_good, "x", binary:part(B, 0, byte_size(B) div 2))]),
    io:format("~p~n", [code:load_binary(le_good, "le_good.beam", B)]),
    io:format("~p~n", [le_good:f(1)]),
    io:format("~p~n", [code:is_loaded(le_good)]),
    io:format("~p~n", [code:which(le_good)]),
    io:format("~p~n", [[code:purge(le_good), code:delete(le_good), code:is_loaded(le_good), code:delete(le_good), code:purge(le_good)]]).

%% good() is the compiled form of:
%%     -module(le_good).
%%     -export([f/1]).
%%     f(X) -> {good, X}.
good() ->
    base64:decode(
        "Rk9SMQAAAWBCRUFNTGluZQAAABUAAAAAAAAAAAAAAAMAAAABAAAAADEAAABUeXBlAAAAGgAAAAEAAAABH/8AAAAA"
        "AAAAAP//////////AABBdFU4AAAANgAAAAYHbGVfZ29vZAFmBGdvb2QLbW9kdWxlX2luZm8GZXJsYW5nD2dldF9t"
        "b2R1bGVfaW5mbwAAQ29kZQAAAEwAAAAQAAAAAAAAAKkAAAAHAAAAAwEQmRACEiIQASAQMBCkAxcgMgMTATCZAAIS"
        "QgABQEASA04QAAFQmQACEkIQAWBAAxNAEgNOIBADU3RyVAAAAABJbXBUAAAAHAAAAAIAAAAFAAAABgAAAAEAAAAF"
        "AAAABgAAAAJFeHBUAAAAKAAAAAMAAAAEAAAAAQAAAAYAAAAEAAAAAAAAAAQAAAACAAAAAQAAAAJNZXRhAAAAHYNs"
        "AAAAAWgCZAAQZW5hYmxlZF9mZWF0dXJlc2pqAAAA").

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
