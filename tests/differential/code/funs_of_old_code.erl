%% SPDX-License-Identifier: Apache-2.0
%% Local funs belong to the version that made them; external funs follow the current one.
-module(funs_of_old_code).
-export([main/0]).

main() ->
    {module, _} = code:load_binary(fo_target, "fo_target.beam", v1()),
    L1 = fo_target:local_fun(10), E1 = fo_target:external_fun(),
    io:format("~p~n", [[L1(1), E1(1)]]),
    {module, _} = code:load_binary(fo_target, "fo_target.beam", v2()),
    L2 = fo_target:local_fun(10),
    io:format("~p~n", [[L1(1), E1(1), L2(1), L1 =:= L2]]),
    io:format("~p~n", [[element(2, erlang:fun_info(F, module)) || F <- [L1, L2, E1]]]),
    io:format("~p~n", [[erlang:check_process_code(self(), fo_target), code:soft_purge(fo_target)]]),
    io:format("~p~n", [element(1, element(2, t(fun() -> L1(5) end)))]),
    {Pid, M} = spawn_monitor(fun() -> receive {use, F} -> exit({used, F(1)}) end end),
    Pid ! {use, E1},
    receive {'DOWN', M, _, _, R} -> io:format("~p~n", [R]) end,
    io:format("~p~n", [L2(7)]).

%% v1() is the compiled form of:
%%     -module(fo_target).
%%     -export([local_fun/1, external_fun/0, f/1]).
%%     f(X) -> {v1, X}.
%%     local_fun(N) -> fun(X) -> {one, X + N} end.
%%     external_fun() -> fun fo_target:f/1.
v1() ->
    base64:decode(
        "Rk9SMQAAAlBCRUFNTGluZQAAABcAAAAAAAAAAAAAAAYAAAADAAAAADFBUQBUeXBlAAAAGgAAAAEAAAABH/8AAAAA"
        "AAAAAP//////////AABBdFU4AAAAZwAAAAsJZm9fdGFyZ2V0AWYCdjEJbG9jYWxfZnVuDGV4dGVybmFsX2Z1bgtt"
        "b2R1bGVfaW5mbwZlcmxhbmcPZ2V0X21vZHVsZV9pbmZvEy1sb2NhbF9mdW4vMS1mdW4tMC0BKwNvbmUAQ29kZQAA"
        "AJEAAAAQAAAAAAAAAKsAAAANAAAABgEQmRACEiIQASAQMBCkAxcgMgMTATCZIAISQhABQBA3MAAQEAAgEBCrAAMX"
        "EAMTAVCZMAISUgABYEBHAAMTAXCZAAISYgABgEASA04QAAGQmQACEmIQAaBAAxNAEgNOIBABsJkgAhKSIAHAfQUg"
        "IAMTAxAwEKQDFyCyAxMDAAAAU3RyVAAAAABJbXBUAAAAKAAAAAMAAAAHAAAACAAAAAEAAAAHAAAACAAAAAIAAAAH"
        "AAAACgAAAAJFeHBUAAAAQAAAAAUAAAAGAAAAAQAAAAoAAAAGAAAAAAAAAAgAAAAFAAAAAAAAAAYAAAAEAAAAAQAA"
        "AAQAAAACAAAAAQAAAAJGdW5UAAAAHAAAAAEAAAAJAAAAAgAAAAwAAAAAAAAAAQA0UgZMaXRUAAAAJgAAABp4nGNg"
        "YGBkYGAQai4s50zLjy9JLEpPLSlnTEtkBABDpwaDAABNZXRhAAAAHYNsAAAAAWgCZAAQZW5hYmxlZF9mZWF0dXJl"
        "c2pqAAAA").

%% v2() is the compiled form of:
%%     -module(fo_target).
%%     -export([local_fun/1, external_fun/0, f/1]).
%%     f(X) -> {v2, X}.
%%     local_fun(N) -> fun(X) -> {two, X * N} end.
%%     external_fun() -> fun fo_target:f/1.
v2() ->
    base64:decode(
        "Rk9SMQAAAlBCRUFNTGluZQAAABcAAAAAAAAAAAAAAAYAAAADAAAAADFBUQBUeXBlAAAAGgAAAAEAAAABH/8AAAAA"
        "AAAAAP//////////AABBdFU4AAAAZwAAAAsJZm9fdGFyZ2V0AWYCdjIJbG9jYWxfZnVuDGV4dGVybmFsX2Z1bgtt"
        "b2R1bGVfaW5mbwZlcmxhbmcPZ2V0X21vZHVsZV9pbmZvEy1sb2NhbF9mdW4vMS1mdW4tMC0BKgN0d28AQ29kZQAA"
        "AJEAAAAQAAAAAAAAAKsAAAANAAAABgEQmRACEiIQASAQMBCkAxcgMgMTATCZIAISQhABQBA3MAAQEAAgEBCrAAMX"
        "EAMTAVCZMAISUgABYEBHAAMTAXCZAAISYgABgEASA04QAAGQmQACEmIQAaBAAxNAEgNOIBABsJkgAhKSIAHAfQUg"
        "IAMTAxAwEKQDFyCyAxMDAAAAU3RyVAAAAABJbXBUAAAAKAAAAAMAAAAHAAAACAAAAAEAAAAHAAAACAAAAAIAAAAH"
        "AAAACgAAAAJFeHBUAAAAQAAAAAUAAAAGAAAAAQAAAAoAAAAGAAAAAAAAAAgAAAAFAAAAAAAAAAYAAAAEAAAAAQAA"
        "AAQAAAACAAAAAQAAAAJGdW5UAAAAHAAAAAEAAAAJAAAAAgAAAAwAAAAAAAAAAQF2pIlMaXRUAAAAJgAAABp4nGNg"
        "YGBkYGAQai4s50zLjy9JLEpPLSlnTEtkBABDpwaDAABNZXRhAAAAHYNsAAAAAWgCZAAQZW5hYmxlZF9mZWF0dXJl"
        "c2pqAAAA").

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
