%% SPDX-License-Identifier: Apache-2.0
%% While an on_load function runs, others wait for the module, the previous version stays
%% callable, and what happens to the function decides what is loaded afterwards.
-module(on_load_waiting).
-export([main/0]).

main() ->
    Self = self(),
    register(olw_main, self()),
    %% Others wait until it says ok.
    spawn(fun() -> Self ! {loaded, load(waiting("ok"))} end),
    receive {running, R1} -> ok end,
    spawn(fun() -> Self ! {called, catch olw:value()} end),
    spawn(fun() -> Self ! {ensured, code:ensure_loaded(olw)} end),
    io:format("~p~n", [nothing_for(30)]),
    io:format("~p~n", [[erlang:module_loaded(olw), code:is_loaded(olw), erlang:function_exported(olw, value, 0)]]),
    R1 ! go,
    io:format("~p~n", [[take(loaded), take(called), take(ensured)]]),
    io:format("~p~n", [[erlang:module_loaded(olw), olw:value()]]),
    %% A newer version whose function says no: the old one stays.
    spawn(fun() -> Self ! {loaded, load(waiting("{error, no}"))} end),
    receive {running, R2} -> ok end,
    io:format("~p~n", [olw:value()]),
    R2 ! go,
    io:format("~p~n", [[take(loaded), olw:value(), erlang:check_old_code(olw)]]),
    %% The process that runs it is killed.
    spawn(fun() -> Self ! {loaded, load(waiting("ok"))} end),
    receive {running, R3} -> ok end,
    exit(R3, kill),
    io:format("~p~n", [[take(loaded), olw:value()]]),
    code:purge(olw), code:delete(olw), code:purge(olw),
    %% Nothing of the name is left after a refusal.
    spawn(fun() -> Self ! {loaded, load(waiting("other"))} end),
    receive {running, R4} -> ok end,
    spawn(fun() -> Self ! {called, catch_reason(fun() -> olw:value() end)} end),
    true = is_atom(nothing_for(30)),
    R4 ! go,
    io:format("~p~n", [[take(loaded), take(called), erlang:module_loaded(olw)]]),
    %% What the on_load function itself can call.
    io:format("~p~n", [load(own_calls())]),
    io:format("~p~n", [take(own)]),
    io:format("~p~n", [[olo:get(), olo:module_info(attributes) =/= []]]),
    %% Several at once, one of which has an on_load function.
    A = forms("-module(olx). -export([f/0]). f() -> x."),
    io:format("~p~n", [code:atomic_load([{olx, "olx.beam", A}, {olo, "olo.beam", own_calls()}])]),
    io:format("~p~n", [erlang:module_loaded(olx)]).

load(Bin) ->
    {ok, {Name, _}} = {ok, {module_of(Bin), x}},
    code:load_binary(Name, atom_to_list(Name) ++ ".beam", Bin).

module_of(Bin) ->
    {ok, {Name, []}} = beam_lib:chunks(Bin, []),
    Name.

waiting(Result) ->
    forms("-module(olw). -export([value/0]). -on_load(init/0). "
          "init() -> olw_main ! {running, self()}, receive go -> " ++ Result ++ " end. "
          "value() -> {value, 1}.").

own_calls() ->
    forms("-module(olo). -export([get/0]). -on_load(init/0). "
          "init() -> olw_main ! {own, {local(), catch element(1, element(2, catch olo:get()))}}, ok. "
          "local() -> here. get() -> got.").

forms(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, _, Bin} = compile:forms([parse(Form) || Form <- split(Tokens, [])], []),
    Bin.

split([{dot, _} = Dot | Rest], Acc) -> [lists:reverse([Dot | Acc]) | split(Rest, [])];
split([T | Rest], Acc) -> split(Rest, [T | Acc]);
split([], []) -> [].

parse(Tokens) ->
    {ok, Form} = erl_parse:parse_form(Tokens),
    Form.

nothing_for(Ms) ->
    receive {Tag, _} -> Tag after Ms -> nothing end.

take(Tag) ->
    receive {Tag, What} -> What after 3000 -> timeout end.

catch_reason(F) ->
    try F() catch C:R -> {C, R} end.
