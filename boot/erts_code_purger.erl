%% SPDX-License-Identifier: Apache-2.0
%% Purging of old code. The engine does it in one step, so no process is needed to
%% coordinate it.
-module(erts_code_purger).
-export([start/0, purge/1, soft_purge/1, pending_purge_lambda/3, finish_after_on_load/2]).

start() ->
    ignore.

%% {true, WereKilled} when there was old code, else {false, false}.
purge(Module) when is_atom(Module) ->
    case apex_host:purge(Module, hard) of
        none -> {false, false};
        Killed -> {true, Killed}
    end.

%% False when a process runs the old code.
soft_purge(Module) when is_atom(Module) ->
    apex_host:purge(Module, soft) =/= false.

pending_purge_lambda(_Module, Fun, Args) ->
    apply(Fun, Args).

finish_after_on_load(Module, Keep) ->
    erlang:finish_after_on_load(Module, Keep).
