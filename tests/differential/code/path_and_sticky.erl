%% SPDX-License-Identifier: Apache-2.0
%% The code path, directories of applications, sticky modules.
-module(path_and_sticky).
-export([main/0]).

main() ->
    p(fun() -> [is_list(code:get_path()), lists:all(fun is_list/1, code:get_path())] end),
    p(fun() -> [filename:basename(code:lib_dir(A)) || A <- [stdlib, kernel, compiler]] end),
    p(fun() -> [code:lib_dir(no_such_app), code:lib_dir("no_such_app"), code:priv_dir(no_such_app)] end),
    p(fun() -> code:lib_dir(stdlib) =:= code:lib_dir("stdlib") end),
    p(fun() -> [filename:basename(code:priv_dir(stdlib)), filename:basename(code:lib_dir(stdlib, ebin))] end),
    p(fun() -> code:compiler_dir() =:= code:lib_dir(compiler) end),
    p(fun() -> code:lib_dir() =:= filename:join(code:root_dir(), "lib") end),
    p(fun() -> [code:lib_dir(1)] end),
    p(fun() -> [code:add_path("/no/such/dir"), code:add_patha("/no/such/dir"), code:add_paths(["/no/such/dir"])] end),
    p(fun() -> code:add_path(name) end),
    p(fun() -> Dir = code:lib_dir(stdlib, ebin), Path = code:get_path(),
               [code:add_patha(Dir), hd(code:get_path()) =:= Dir, code:add_pathz(Dir),
                lists:last(code:get_path()) =:= Dir, length(Path) =:= length(code:get_path()),
                code:del_path(stdlib), lists:member(Dir, code:get_path()), code:del_path(stdlib),
                code:set_path(Path), code:get_path() =:= Path] end),
    p(fun() -> [code:set_path(["/no/such/dir"]), code:set_path([1])] end),
    p(fun() -> code:set_path(foo) end),
    p(fun() -> code:replace_path(stdlib, "/no/such/dir") end),
    p(fun() -> [filename:basename(code:where_is_file(F)) || F <- ["lists.beam", "stdlib.app"]] end),
    p(fun() -> [code:where_is_file("no_such_file"), code:where_is_file([], "lists.beam")] end),
    p(fun() -> [filename:basename(code:which(M)) || M <- [lists, gen_server, supervisor]] end),
    p(fun() -> [code:which(no_such_module), code:which(erlang), code:is_loaded(erlang), code:is_loaded(no_such_module)] end),
    p(fun() -> {M, B, F} = code:get_object_code(gb_sets), {M, is_binary(B), filename:basename(F)} end),
    p(fun() -> [code:get_object_code(no_such_module), code:load_file(no_such_module), code:load_abs("/no/such/module")] end),
    p(fun() -> [code:is_sticky(lists), code:is_sticky(?MODULE), code:is_sticky(no_such_module)] end),
    p(fun() -> [code:stick_mod(?MODULE), code:is_sticky(?MODULE), code:unstick_mod(?MODULE), code:is_sticky(?MODULE)] end),
    p(fun() -> [code:stick_dir("/no/such/dir"), code:unstick_dir("/no/such/dir")] end),
    p(fun() -> {lists, B, F} = code:get_object_code(lists), [code:load_binary(lists, F, B), code:load_file(lists)] end),
    p(fun() -> [code:objfile_extension(), code:get_mode(), code:is_module_native(lists), code:is_module_native(no_such_module)] end),
    p(fun() -> [code:module_status(lists), code:module_status(no_such_module), code:module_status([erlang, no_such_module])] end),
    p(fun() -> [proplists:get_value(lists, code:all_loaded()) =:= code:which(lists), proplists:get_value(erlang, code:all_loaded())] end),
    p(fun() -> [L || {N, _, L} <- code:all_available(), N =:= "lists"] end),
    p(fun() -> [lists:member(M, erlang:pre_loaded()) || M <- [erlang, init, lists]] end),
    p(fun() -> [erlang:module_loaded(M) || M <- [erlang, lists, gen_server, no_such_module]] end),
    p(fun() -> [code:get_doc(no_such_module), code:get_chunk(<<>>, "Docs")] end),
    [p(fun() -> code:F("x") end) || F <- [ensure_loaded, purge, soft_purge, delete, is_loaded, which, load_file, is_sticky]].

p(F) ->
    io:format("~p~n", [try F() catch C:R -> {C, R} end]).
