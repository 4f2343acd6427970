%% SPDX-License-Identifier: Apache-2.0
%% Without load_code nothing is loaded; the library is there all the same.
%% args: --deny load_code
%% expect: {error,not_allowed}
%% expect: false
%% expect: {module,queue}
-module(loading_needs_a_capability).
-export([main/0]).

main() ->
    {ok, lnc, Bin} = compile:forms([{attribute, 1, module, lnc}], []),
    io:format("~p~n", [code:load_binary(lnc, "", Bin)]),
    io:format("~p~n", [erlang:module_loaded(lnc)]),
    io:format("~p~n", [code:ensure_loaded(queue)]).
