%% SPDX-License-Identifier: Apache-2.0
%% The compiler compiles whole modules of the library from their abstract code, to the same
%% instructions; what it makes runs.
% skip-stress: works on whole modules of the library
-module(modules_compiled).
-export([main/0]).

main() ->
    [compile_module(M, Options)
     || M <- [queue, base64, orddict],
        Options <- [[], [no_ssa_opt], [no_copt, no_postopt]]],
    Module = compiled_gb_trees,
    {module, Module} = code:load_binary(Module, "", renamed(gb_trees, Module)),
    Tree = lists:foldl(fun(I, T) -> Module:enter(I * 7919 rem 1009, I, T) end, Module:empty(), lists:seq(1, 1000)),
    io:format("~p ~p~n", [Module:size(Tree), erlang:phash2(Module:to_list(Tree))]).

compile_module(M, Options) ->
    {ok, M, Code} = compile:forms(forms(M), [to_asm, binary | Options]),
    io:format("~p ~p ~p~n", [M, Options, erlang:phash2(Code)]).

renamed(M, New) ->
    Forms = [case Form of {attribute, Anno, module, _} -> {attribute, Anno, module, New}; _ -> Form end
             || Form <- forms(M)],
    {ok, New, Code} = compile:forms(Forms, []),
    Code.

forms(M) ->
    {ok, Beam} = file:read_file(code:which(M)),
    {ok, {M, [{abstract_code, {raw_abstract_v1, Forms}}]}} = beam_lib:chunks(Beam, [abstract_code]),
    Forms.
