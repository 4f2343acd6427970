%% SPDX-License-Identifier: Apache-2.0
%% Two versions of a module: local calls stay in old code, external calls go to the new one.
-module(hot_upgrade).
-export([main/0]).

main() ->
    io:format("~p~n", [code:load_binary(hu_target, "hu_target.beam", v1())]),
    S = self(),
    P = spawn(hu_target, loop, [S]),
    io:format("~p~n", [[ask(P, version), ask(P, local)]]),
    io:format("~p~n", [code:load_binary(hu_target, "hu_target.beam", v2())]),
    io:format("~p~n", [[hu_target:version(), ask(P, version), ask(P, local)]]),
    io:format("~p~n", [[erlang:check_process_code(P, hu_target), erlang:check_old_code(hu_target), code:soft_purge(hu_target)]]),
    io:format("~p~n", [ask(P, switch)]),
    io:format("~p~n", [[ask(P, version), ask(P, local)]]),
    io:format("~p~n", [[erlang:check_process_code(P, hu_target), code:soft_purge(hu_target), erlang:check_old_code(hu_target)]]),
    {module, _} = code:load_binary(hu_target, "x", v1()),
    M = monitor(process, P),
    io:format("~p~n", [code:purge(hu_target)]),
    receive {'DOWN', M, _, _, R} -> io:format("~p~n", [R]) end,
    io:format("~p~n", [hu_target:version()]),
    io:format("~p~n", [[code:delete(hu_target), erlang:check_old_code(hu_target)]]),
    io:format("~p~n", [t(fun() -> erlang:apply(hu_target, version, []) end)]),
    io:format("~p~n", [code:purge(hu_target)]).

ask(P, Q) -> P ! {self(), Q}, receive {P, A} -> A after 1000 -> silent end.

%% v1() is the compiled form of:
%%     -module(hu_target).
%%     -export([loop/1, version/0]).
%%     version() -> one.
%%     local() -> {local, one}.
%%     loop(S) ->
%%         receive
%%             {F, version} -> F ! {self(), hu_target:version()}, loop(S);
%%             {F, local} -> F ! {self(), local()}, loop(S);
%%             {F, switch} -> F ! {self(), switched}, hu_target:loop(S)
%%         end.
v1() ->
    base64:decode(
        "Rk9SMQAAAphCRUFNTGluZQAAABoAAAAAAAAAAAAAAAgAAAAGAAAAADFBUXGRgQAAVHlwZQAAABoAAAABAAAAAR//"
        "AAAAAAAAAAD//////////wAAQXRVOAAAAF0AAAALCWh1X3RhcmdldAd2ZXJzaW9uA29uZQVsb2NhbARsb29wBnN3"
        "aXRjaAZlcmxhbmcEc2VsZghzd2l0Y2hlZAttb2R1bGVfaW5mbw9nZXRfbW9kdWxlX2luZm8AAABDb2RlAAAA+QAA"
        "ABAAAAAAAAAArAAAABEAAAAFARCZEAISIgABIEAyAxMBMJkgAhJCAAFAQEcAAxMBUJkwAhJSEAFgDDAQrBcgBBRA"
        "AyQBcBfFAzm1Azq1AyBCAwATQgMQAzsDtRdgQqVilSKFAYBAExQVCQAEmUAHABAQMBCkExcgBANAFAOIIBAUQAQD"
        "BRBlEAGQEDAgQBMDFQkAE6QTFyATkplQFEAkAwgQIDABoEATFBUJAASZYAQARRAwAKQTFyAERwBAFAOIIBAUQAQD"
        "BRBlEAGwGHUBwBl1AdCZAAISogAB4EASA04QMAHwmQACEqIQAQgQQAMTQBIDTiBAAwAAAFN0clQAAAAASW1wVAAA"
        "AEAAAAAFAAAABwAAAAgAAAAAAAAAAQAAAAIAAAAAAAAAAQAAAAUAAAABAAAABwAAAAsAAAABAAAABwAAAAsAAAAC"
        "RXhwVAAAADQAAAAEAAAACgAAAAEAAAAQAAAACgAAAAAAAAAOAAAABQAAAAEAAAAGAAAAAgAAAAAAAAACTGl0VAAA"
        "ACMAAAAXeJxjYGBgZGBg4G/OYCpnzclPTswpZ87PSwUAKbAFQQBNZXRhAAAAHYNsAAAAAWgCZAAQZW5hYmxlZF9m"
        "ZWF0dXJlc2pqAAAA").

%% v2() is the compiled form of:
%%     -module(hu_target).
%%     -export([loop/1, version/0]).
%%     version() -> two.
%%     local() -> {local, two, new_atom_in_two}.
%%     loop(S) ->
%%         receive
%%             {F, switch} -> F ! {self(), switched}, hu_target:loop(S);
%%             {F, local} -> F ! {self(), local()}, loop(S);
%%             {F, version} -> F ! {self(), hu_target:version()}, loop(S)
%%         end.
v2() ->
    base64:decode(
        "Rk9SMQAAAqhCRUFNTGluZQAAABoAAAAAAAAAAAAAAAgAAAAGAAAAADFBUZFxgQAAVHlwZQAAABoAAAABAAAAAR//"
        "AAAAAAAAAAD//////////wAAQXRVOAAAAF0AAAALCWh1X3RhcmdldAd2ZXJzaW9uA3R3bwVsb2NhbARsb29wBnN3"
        "aXRjaAZlcmxhbmcEc2VsZghzd2l0Y2hlZAttb2R1bGVfaW5mbw9nZXRfbW9kdWxlX2luZm8AAABDb2RlAAAA+QAA"
        "ABAAAAAAAAAArAAAABEAAAAFARCZEAISIgABIEAyAxMBMJkgAhJCAAFAQEcAAxMBUJkwAhJSEAFgDDAQrBcgBBRA"
        "AyQBcBfFAzm1Azq1AyBCAwATQgMQAzsDtRdgQqVilSKFAYBAExQVCQAEmUAHABAQMBCkExcgBANAFAOIIBAUQAQD"
        "BRBlEAGQEDAgQBMDFQkAE6QTFyATkplQFEAkAwgQIDABoEATFBUJAASZYAQARRAwAKQTFyAERwBAFAOIIBAUQAQD"
        "BRBlEAGwGHUBwBl1AdCZAAISogAB4EASA04QMAHwmQACEqIQAQgQQAMTQBIDTiBAAwAAAFN0clQAAAAASW1wVAAA"
        "AEAAAAAFAAAABwAAAAgAAAAAAAAAAQAAAAIAAAAAAAAAAQAAAAUAAAABAAAABwAAAAsAAAABAAAABwAAAAsAAAAC"
        "RXhwVAAAADQAAAAEAAAACgAAAAEAAAAQAAAACgAAAAAAAAAOAAAABQAAAAEAAAAGAAAAAgAAAAAAAAACTGl0VAAA"
        "ADMAAAAoeJxjYGBgZGBgUGjOYC5nzclPTswpZy4pzy/nz0stj08syc+Nz8yLBwoAAMHNDDoATWV0YQAAAB2DbAAA"
        "AAFoAmQAEGVuYWJsZWRfZmVhdHVyZXNqagAAAA==").

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
