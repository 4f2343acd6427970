%% SPDX-License-Identifier: Apache-2.0
%% An empty list of arguments, given or of a function that has none, is shown as a list.
-module(empty_argument_lists).
-export([main/0, none/0, given/1]).

main() ->
    [show(F) || F <- [fun() -> none() end, fun() -> erlang:error(x, []) end, fun() -> given([]) end, fun() -> given([a]) end,
                      fun() -> given(none) end, fun() -> given(foo) end, fun() -> given([a | b]) end, fun() -> empty() end,
                      fun() -> erlang:error(x, [], [{error_info, #{}}]) end, fun() -> erlang:error(x, none, [{error_info, #{}}]) end,
                      fun() -> apply(erlang, error, [x, []]) end, fun() -> ?MODULE:nope() end, fun() -> erlang:nope() end]].

none() when node() == nowhere -> ok.

given(X) -> erlang:error(y, X), ok.

empty() -> erlang:error(z, []).

show(F) ->
    io:format("~p~n", [try F() catch C:R:S -> {C, R, lists:sublist(S, 2)} end]),
    {P, M} = spawn_monitor(F),
    receive {'DOWN', M, process, P, {_, Trace}} -> io:format("  ~p~n", [Trace]) end.
