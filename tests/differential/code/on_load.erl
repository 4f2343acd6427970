%% SPDX-License-Identifier: Apache-2.0
%% -on_load: success, refusal, crash; what is visible afterwards.
-module(on_load).
-export([main/0]).

main() ->
    io:format("~p~n", [code:load_binary(ol_good, "ol_good.beam", good())]),
    io:format("~p~n", [ol_good:get()]),
    io:format("~p~n", [code:load_binary(ol_bad, "ol_bad.beam", bad())]),
    io:format("~p~n", [t(fun() -> erlang:apply(ol_bad, get, []) end)]),
    io:format("~p~n", [code:is_loaded(ol_bad)]),
    io:format("~p~n", [code:load_binary(ol_crash, "ol_crash.beam", crash())]),
    io:format("~p~n", [erlang:module_loaded(ol_crash)]),
    io:format("~p~n", [ol_helper:get()]),
    persistent_term:erase(ol_good).

%% good() is the compiled form of:
%%     -module(ol_good).
%%     -export([get/0]).
%%     -on_load(init/0).
%%     init() -> persistent_term:put(ol_good, loaded), ok.
%%     get() -> {good, persistent_term:get(ol_good)}.
good() ->
    base64:decode(
        "Rk9SMQAAAcRCRUFNTGluZQAAABYAAAAAAAAAAAAAAAQAAAACAAAAAEFRAABUeXBlAAAAGgAAAAEAAAABH/8AAAAA"
        "AAAAAP//////////AABBdFU4AAAAWwAAAAsHb2xfZ29vZARpbml0BmxvYWRlZA9wZXJzaXN0ZW50X3Rlcm0DcHV0"
        "Am9rA2dldARnb29kC21vZHVsZV9pbmZvBmVybGFuZw9nZXRfbW9kdWxlX2luZm8AQ29kZQAAAHQAAAAQAAAAAAAA"
        "AKkAAAAJAAAABAEQmRACEiIAASCVDAAAQDITQBIDByAAQGIDEgATATCZIAIScgABQAwAAEASAwcQEBAwEKQDFyCC"
        "AxIAEwFQmQACEpIAAWBAEgNOECABcJkAAhKSEAGAQAMTQBIDTiAwA1N0clQAAAAASW1wVAAAADQAAAAEAAAABAAA"
        "AAUAAAACAAAABAAAAAcAAAABAAAACgAAAAsAAAABAAAACgAAAAsAAAACRXhwVAAAACgAAAADAAAACQAAAAEAAAAI"
        "AAAACQAAAAAAAAAGAAAABwAAAAAAAAAETWV0YQAAAB2DbAAAAAFoAmQAEGVuYWJsZWRfZmVhdHVyZXNqagAAAA==").

%% bad() is the compiled form of:
%%     -module(ol_bad).
%%     -export([get/0]).
%%     -on_load(init/0).
%%     init() -> {error, refused}.
%%     get() -> bad.
bad() ->
    base64:decode(
        "Rk9SMQAAAaBCRUFNTGluZQAAABYAAAAAAAAAAAAAAAQAAAACAAAAAEFRAABUeXBlAAAAGgAAAAEAAAABH/8AAAAA"
        "AAAAAP//////////AABBdFU4AAAAOwAAAAcGb2xfYmFkBGluaXQDZ2V0A2JhZAttb2R1bGVfaW5mbwZlcmxhbmcP"
        "Z2V0X21vZHVsZV9pbmZvAENvZGUAAABWAAAAEAAAAAAAAACpAAAACQAAAAQBEJkQAhIiAAEglUBHAAMTATCZIAIS"
        "MgABQEBCAxMBUJkAAhJSAAFgQBIDThAAAXCZAAISUhABgEADE0ASA04gEAMAAFN0clQAAAAASW1wVAAAABwAAAAC"
        "AAAABgAAAAcAAAABAAAABgAAAAcAAAACRXhwVAAAACgAAAADAAAABQAAAAEAAAAIAAAABQAAAAAAAAAGAAAAAwAA"
        "AAAAAAAETGl0VAAAACcAAAAbeJxjYGBgZGBgEG7OYCpnTS0qyi8qZy9KTSstTk0BAESyBxQATWV0YQAAAB2DbAAA"
        "AAFoAmQAEGVuYWJsZWRfZmVhdHVyZXNqagAAAA==").

%% crash() is the compiled form of:
%%     -module(ol_crash).
%%     -export([get/0]).
%%     -on_load(init/0).
%%     init() -> exit(crashed).
%%     get() -> bad.
crash() ->
    base64:decode(
        "Rk9SMQAAAYxCRUFNTGluZQAAABYAAAAAAAAAAAAAAAQAAAACAAAAAEFRAABUeXBlAAAAGgAAAAEAAAABH/8AAAAA"
        "AAAAAP//////////AABBdFU4AAAASgAAAAkIb2xfY3Jhc2gEaW5pdAdjcmFzaGVkBmVybGFuZwRleGl0A2dldANi"
        "YWQLbW9kdWxlX2luZm8PZ2V0X21vZHVsZV9pbmZvAABDb2RlAAAAVwAAABAAAAAAAAAAqQAAAAkAAAAEARCZEAIS"
        "IgABIJVAMgNOEAABMJkgAhJiAAFAQHIDEwFQmQACEoIAAWBAEgNOEBABcJkAAhKCEAGAQAMTQBIDTiAgAwBTdHJU"
        "AAAAAEltcFQAAAAoAAAAAwAAAAQAAAAFAAAAAQAAAAQAAAAJAAAAAQAAAAQAAAAJAAAAAkV4cFQAAAAoAAAAAwAA"
        "AAgAAAABAAAACAAAAAgAAAAAAAAABgAAAAYAAAAAAAAABE1ldGEAAAAdg2wAAAABaAJkABBlbmFibGVkX2ZlYXR1"
        "cmVzamoAAAA=").

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
