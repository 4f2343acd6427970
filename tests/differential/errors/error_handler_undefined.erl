%% SPDX-License-Identifier: Apache-2.0
%% error_handler: functions for undefined functions, and '$handle_undefined_function'.
-module(error_handler_undefined).
-export([main/0]).
-export(['$handle_undefined_function'/2]).

main() ->
    io:format("~p~n", [?MODULE:anything(1, 2)]),
    io:format("~p~n", [t(fun() -> ?MODULE:refused() end)]),
    io:format("~p~n", [t(fun() -> nope:nothing() end)]),
    io:format("~p~n", [apply(?MODULE, dynamic, [x])]),
    io:format("~p~n", [(fun ?MODULE:by_fun/1)(y)]),
    io:format("~p~n", [process_info(self(), error_handler)]),
    process_flag(error_handler, eh_custom),
    io:format("~p~n", [nope:custom(a, b)]),
    io:format("~p~n", [process_info(self(), error_handler)]).

'$handle_undefined_function'(refused, Args) ->
    error_handler:raise_undef_exception(?MODULE, refused, Args);
'$handle_undefined_function'(F, Args) ->
    {handled, F, Args}.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
