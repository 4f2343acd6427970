%% SPDX-License-Identifier: Apache-2.0
%% code: is_loaded, ensure_loaded, which, all_loaded for library and own modules.
-module(code_queries).
-export([main/0]).

main() ->
    io:format("~p~n", [code:ensure_loaded(lists)]),
    io:format("~p~n", [code:ensure_loaded(orddict)]),
    io:format("~p~n", [code:ensure_loaded(no_such_module_here)]),
    io:format("~p~n", [element(1, code:is_loaded(?MODULE))]),
    io:format("~p~n", [code:is_loaded(no_such_module_here)]),
    io:format("~p~n", [code:which(no_such_module_here)]),
    io:format("~p~n", [filename:basename(code:which(lists))]),
    io:format("~p~n", [lists:keymember(?MODULE, 1, code:all_loaded())]),
    io:format("~p~n", [lists:keymember(lists, 1, code:all_loaded())]),
    {M, B, F} = code:get_object_code(lists),
    io:format("~p ~p ~p~n", [M, is_binary(B), filename:basename(F)]),
    io:format("~p~n", [code:get_object_code(no_such_module_here)]),
    io:format("~p~n", [[code:purge(no_such_module_here), code:delete(no_such_module_here), code:soft_purge(no_such_module_here)]]),
    io:format("~p~n", [code:module_md5(B) =:= lists:module_info(md5)]).
