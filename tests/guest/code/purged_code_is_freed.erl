%% SPDX-License-Identifier: Apache-2.0
%% A module that is loaded again and again does not pile up, and what still refers to
%% purged code can be used for as long as it lives.
%% expect: true
%% expect: {literal,[1,2,3],<<"of version 1">>}
%% expect: {error,badfun}
%% args: --memory 64m
-module(purged_code_is_freed).
-export([main/0]).

main() ->
    load(1),
    Literal = pcf:literal(),
    Fun = pcf:closure(),
    [load(N) || N <- lists:seq(2, 300)],
    {waiting, W} = lists:keyfind(waiting, 1, apex_host:statistics()),
    io:format("~p~n", [W < 250]),
    io:format("~p~n", [Literal]),
    io:format("~p~n", [try Fun() catch C:{R, _} -> {C, R} end]).

load(N) ->
    Text = "-module(pcf). -export([literal/0, closure/0]). "
           "literal() -> {literal, [1,2,3], <<\"of version " ++ integer_to_list(N) ++ "\">>}. "
           "closure() -> fun() -> " ++ integer_to_list(N) ++ " end.",
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, pcf, Bin} = compile:forms([F || Form <- split(Tokens, []), {ok, F} <- [erl_parse:parse_form(Form)]], []),
    {module, pcf} = code:load_binary(pcf, "pcf.beam", Bin).

split([{dot, _} = Dot | Rest], Acc) -> [lists:reverse([Dot | Acc]) | split(Rest, [])];
split([T | Rest], Acc) -> split(Rest, [T | Acc]);
split([], []) -> [].
