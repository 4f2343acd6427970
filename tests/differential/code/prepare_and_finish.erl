%% SPDX-License-Identifier: Apache-2.0
%% Loading in two steps: prepared code, several modules at once, what is refused.
-module(prepare_and_finish).
-export([main/0]).

main() ->
    A = form(pfa, 1), B = form(pfb, 2),
    p(fun() -> {ok, P} = code:prepare_loading([{pfa, "pfa.beam", A}, {pfb, "pfb.beam", B}]),
               {erlang:module_loaded(pfa), code:finish_loading(P), pfa:value(), pfb:value()} end),
    p(fun() -> {code:is_loaded(pfa), code:which(pfb)} end),
    p(fun() -> code:atomic_load([{pfa, "new/pfa.beam", form(pfa, 3)}]) end),
    p(fun() -> {pfa:value(), code:which(pfa), erlang:check_old_code(pfa), erlang:check_old_code(pfb)} end),
    p(fun() -> code:atomic_load([{pfa, "pfa.beam", A}, {pfb, "pfb.beam", B}]) end),
    p(fun() -> {code:soft_purge(pfa), code:atomic_load([{pfa, "pfa.beam", A}, {pfb, "pfb.beam", form(pfb, 4)}])} end),
    p(fun() -> {pfa:value(), pfb:value()} end),
    p(fun() -> code:atomic_load([{pfa, "x", A}, {pfa, "y", A}]) end),
    p(fun() -> code:atomic_load([{pfc, "x", A}]) end),
    p(fun() -> code:atomic_load([{pfa, "x", <<"nonsense">>}]) end),
    p(fun() -> code:atomic_load([pf_not_there]) end),
    p(fun() -> code:atomic_load([]) end),
    p(fun() -> code:prepare_loading([{"pfa", "x", A}]) end),
    p(fun() -> code:prepare_loading([{pfa, pfa, A}]) end),
    p(fun() -> code:finish_loading({'$prepared$', [foo]}) end),
    p(fun() -> code:ensure_modules_loaded([pfa, lists, pf_not_there]) end),
    p(fun() -> code:ensure_modules_loaded([pfa, lists]) end),
    %% The builtins below.
    p(fun() -> P = erlang:prepare_loading(pfa, A), {is_reference(P), erlang:has_prepared_code_on_load(P)} end),
    p(fun() -> erlang:prepare_loading(pfz, A) end),
    p(fun() -> erlang:prepare_loading(pfa, <<>>) end),
    p(fun() -> erlang:prepare_loading(pfa, a) end),
    p(fun() -> erlang:prepare_loading(<<"pfa">>, A) end),
    p(fun() -> purge_all(), P = erlang:prepare_loading(pfa, A),
               {erlang:finish_loading([P]), (catch element(1, element(2, (catch erlang:finish_loading([P])))))} end),
    p(fun() -> P = erlang:prepare_loading(pfa, A), erlang:finish_loading([P]) end),
    p(fun() -> P = erlang:prepare_loading(pfb, B), Q = erlang:prepare_loading(pfb, B), erlang:finish_loading([P, Q]) end),
    p(fun() -> {erlang:finish_loading([])} end),
    p(fun() -> erlang:finish_loading([make_ref()]) end),
    p(fun() -> erlang:finish_loading(nothing) end),
    p(fun() -> erlang:delete_module(pfa) end),
    p(fun() -> purge_all(), {erlang:delete_module(pfa), erlang:delete_module(pf_none), erlang:module_loaded(pfa)} end),
    p(fun() -> {erlang:check_old_code(pfa), code:purge(pfa), erlang:check_old_code(pfa), code:delete(pfa)} end),
    %% Where there is no current code, old code is in nobody's way.
    p(fun() -> purge_all(), {erlang:load_module(pfa, A), erlang:delete_module(pfa), erlang:load_module(pfa, A),
               pfa:value(), erlang:check_old_code(pfa), erlang:load_module(pfa, A)} end),
    p(fun() -> {erlang:purge_module(pfa), erlang:delete_module(pfa),
                erlang:finish_loading([erlang:prepare_loading(pfa, A)]),
                erlang:check_old_code(pfa), erlang:purge_module(pfa), code:delete(pfa)} end),
    %% A module with an on_load function is loaded alone.
    p(fun() -> [O, N] = [erlang:prepare_loading(M, on_load_form(M)) || M <- [pfo, pfn]],
               [try erlang:finish_loading(L) catch C:R -> {C, R} end || L <- [[O, N], [O, O], [N, erlang:prepare_loading(pfa, A)], [O]]] end),
    p(fun() -> {erlang:call_on_load_function(pfo), erlang:finish_after_on_load(pfo, true), erlang:module_loaded(pfo)} end),
    p(fun() -> purge_all(), {erlang:load_module(pfa, A), pfa:value(), erlang:load_module(pfa, form(pfa, 9)), erlang:load_module(pfa, A)} end),
    p(fun() -> {erlang:purge_module(pfa), pfa:value()} end),
    p(fun() -> erlang:purge_module(pfa) end),
    p(fun() -> {code:module_md5(A) =:= erlang:md5(element(2, beam_lib:md5(A))), code:module_md5(A) =:= pfa:module_info(md5), element(2, beam_lib:md5(A)) =:= code:module_md5(A)} end),
    p(fun() -> [binary_to_term(code:get_chunk(A, "Attr")), code:get_chunk(A, "Nope")] end).

purge_all() -> [code:purge(M) || M <- [pfa, pfb]].

form(Name, Value) ->
    {ok, Name, Bin} = compile:forms([{attribute, 1, module, Name}, {attribute, 1, vsn, Value},
                                     {attribute, 1, export, [{value, 0}]},
                                     {function, 1, value, 0, [{clause, 1, [], [], [{integer, 1, Value}]}]}], []),
    Bin.

on_load_form(Name) ->
    {ok, Name, Bin} = compile:forms([{attribute, 1, module, Name}, {attribute, 1, on_load, {go, 0}},
                                     {function, 1, go, 0, [{clause, 1, [], [], [{atom, 1, ok}]}]}], []),
    Bin.

p(F) ->
    io:format("~p~n", [try F() catch C:R -> {C, R} end]).
