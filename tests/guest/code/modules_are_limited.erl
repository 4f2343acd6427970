%% SPDX-License-Identifier: Apache-2.0
%% A sandbox may have so many modules of its own; purging a deleted one makes room.
%% args: --modules 3
%% expect: [{module,ml1},{module,ml2},{error,system_limit}]
%% expect: {module,ml1}
%% expect: {error,system_limit}
%% expect: {module,ml3}
-module(modules_are_limited).
-export([main/0]).

main() ->
    io:format("~p~n", [[load(M) || M <- [ml1, ml2, ml3]]]),
    code:purge(ml1),
    io:format("~p~n", [load(ml1)]),
    io:format("~p~n", [load(ml3)]),
    code:purge(ml2), code:delete(ml2), code:purge(ml2),
    io:format("~p~n", [load(ml3)]).

load(M) ->
    {ok, M, Bin} = compile:forms([{attribute, 1, module, M}], []),
    code:load_binary(M, "", Bin).
