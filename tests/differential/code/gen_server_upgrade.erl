%% SPDX-License-Identifier: Apache-2.0
%% A gen_server whose code is replaced while it runs keeps its state.
-module(gen_server_upgrade).
-export([main/0]).

main() ->
    {module, _} = code:load_binary(gu_server, "gu_server.beam", v1()),
    {ok, P} = gen_server:start(gu_server, 10, []),
    io:format("~p~n", [gen_server:call(P, get)]),
    {module, _} = code:load_binary(gu_server, "gu_server.beam", v2()),
    io:format("~p~n", [gen_server:call(P, get)]),
    sys:suspend(P),
    io:format("~p~n", [sys:change_code(P, gu_server, 1, [])]),
    sys:resume(P),
    io:format("~p~n", [gen_server:call(P, get)]),
    io:format("~p~n", [code:soft_purge(gu_server)]),
    io:format("~p~n", [gen_server:stop(P)]).

%% v1() is the compiled form of:
%%     -module(gu_server).
%%     -behaviour(gen_server).
%%     -export([init/1, handle_call/3, handle_cast/2]).
%%     init(N) -> {ok, N}.
%%     handle_call(get, _, N) -> {reply, {v1, N}, N + 1}.
%%     handle_cast(_, N) -> {noreply, N}.
v1() ->
    base64:decode(
        "Rk9SMQAAAfBCRUFNTGluZQAAABcAAAAAAAAAAAAAAAUAAAADAAAAAEFRYQBUeXBlAAAAGgAAAAEAAAABH/8AAAAA"
        "AAAAAP//////////AABBdFU4AAAAaAAAAA0JZ3Vfc2VydmVyBGluaXQCb2sLaGFuZGxlX2NhbGwDZ2V0BmVybGFu"
        "ZwErAnYxBXJlcGx5C2hhbmRsZV9jYXN0B25vcmVwbHkLbW9kdWxlX2luZm8PZ2V0X21vZHVsZV9pbmZvQ29kZQAA"
        "AIYAAAAQAAAAAAAAAKkAAAALAAAABQEQmRACEiIQASAQMBCkAxcgMgMTATCZIAISQjABQCs1A1J9BTAAIxEDEHAw"
        "pBMXIIIjpAMXMJITAxMBUJkwAhKiIAFgEDAgpAMXILITEwFwmQACEsIAAYBAEgNOEBABkJkAAhLCEAGgQAMTQBID"
        "TiAgAwAAU3RyVAAAAABJbXBUAAAAKAAAAAMAAAAGAAAABwAAAAIAAAAGAAAADQAAAAEAAAAGAAAADQAAAAJFeHBU"
        "AAAAQAAAAAUAAAAMAAAAAQAAAAoAAAAMAAAAAAAAAAgAAAAKAAAAAgAAAAYAAAAEAAAAAwAAAAQAAAACAAAAAQAA"
        "AAJNZXRhAAAAHYNsAAAAAWgCZAAQZW5hYmxlZF9mZWF0dXJlc2pqAAAA").

%% v2() is the compiled form of:
%%     -module(gu_server).
%%     -behaviour(gen_server).
%%     -export([init/1, handle_call/3, handle_cast/2, code_change/3]).
%%     init(N) -> {ok, N}.
%%     handle_call(get, _, {N}) -> {reply, {v2, N}, {N + 100}};
%%     handle_call(get, _, N) -> {reply, {v2_old_state, N}, N}.
%%     handle_cast(_, N) -> {noreply, N}.
%%     code_change(_, N, _) -> {ok, {N}}.
v2() ->
    base64:decode(
        "Rk9SMQAAAlRCRUFNTGluZQAAABgAAAAAAAAAAAAAAAYAAAAEAAAAAEFRcYFUeXBlAAAAGgAAAAEAAAABH/8AAAAA"
        "AAAAAP//////////AABBdFU4AAAAgQAAAA8JZ3Vfc2VydmVyBGluaXQCb2sLaGFuZGxlX2NhbGwDZ2V0BmVybGFu"
        "ZwErAnYyBXJlcGx5DHYyX29sZF9zdGF0ZQtoYW5kbGVfY2FzdAdub3JlcGx5C2NvZGVfY2hhbmdlC21vZHVsZV9p"
        "bmZvD2dldF9tb2R1bGVfaW5mbwAAAENvZGUAAADDAAAAEAAAAAAAAACpAAAADgAAAAYBEJkQAhIiEAEgEDAQpAMX"
        "IDIDEwEwmSACEkIwAUArNQNSOVUjOlUjEEIjAAN9BRAAAwlkExCQIKQDFyCCA6QTFxATpAMXMJIDExMBUBBwMKQD"
        "FyCiI6QDFzCSAyMTAWCZMAISsiABcBAwIKQDFyDCExMBgJlAAhLSMAGQEFAgpAMXEBOkAxcgMgMTAaCZAAIS4gAB"
        "sEASA04QEAHAmQACEuIQAdBAAxNAEgNOICADAFN0clQAAAAASW1wVAAAACgAAAADAAAABgAAAAcAAAACAAAABgAA"
        "AA8AAAABAAAABgAAAA8AAAACRXhwVAAAAEwAAAAGAAAADgAAAAEAAAANAAAADgAAAAAAAAALAAAADQAAAAMAAAAJ"
        "AAAACwAAAAIAAAAHAAAABAAAAAMAAAAEAAAAAgAAAAEAAAACTWV0YQAAAB2DbAAAAAFoAmQAEGVuYWJsZWRfZmVh"
        "dHVyZXNqagAAAA==").
