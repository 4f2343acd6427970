%% SPDX-License-Identifier: Apache-2.0
%% Literals and funs of purged modules live on in persistent terms.
-module(purged_code_in_persistent_terms).
-export([main/0]).

main() ->
    Beam = beam(),
    [keep(N, Beam) || N <- lists:seq(1, 60)],
    erlang:garbage_collect(),
    Kept = [persistent_term:get({kept, N}) || N <- lists:seq(1, 60)],
    io:format("~p~n", [[{L, T} || {L, {inside, T, _}, _} <- Kept]]),
    io:format("~p~n", [[byte_size(B) || {_, {_, _, B}, _} <- Kept]]),
    io:format("~p~n", [lists:usort([erlang:fun_info(F, arity) || {_, _, F} <- Kept])]),
    io:format("~p~n", [lists:usort([erlang:fun_info(F, module) || {_, _, F} <- Kept])]),
    io:format("~p~n", [lists:usort([try F() catch error:{badfun, _} -> badfun end
                                    || {_, _, F} <- lists:droplast(Kept)])]).

keep(N, Beam) ->
    Bytes = binary:replace(Beam, <<"version000">>, list_to_binary(io_lib:format("version~3..0b", [N]))),
    {module, _} = code:load_binary(pc_target, "pc_target.beam", Bytes),
    persistent_term:put({kept, N}, {pc_target:literal(), pc_target:inside(N), pc_target:made(N)}),
    code:delete(pc_target),
    code:purge(pc_target).

beam() ->
    Forms = [parse(S) || S <- ["-module(pc_target).",
                               "-export([literal/0, inside/1, made/1]).",
                               "literal() -> {literal, version000, \"text\", [1.5, <<\"binary\">>]}.",
                               "inside(N) -> {inside, #{a => {version000}}, binary:copy(<<N>>, 100)}.",
                               "made(N) -> fun() -> {N, version000} end."]],
    {ok, pc_target, Beam} = compile:forms(Forms, [binary]),
    Beam.

parse(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, Form} = erl_parse:parse_form(Tokens),
    Form.
