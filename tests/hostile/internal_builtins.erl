% SPDX-License-Identifier: Apache-2.0
%% Each function of the internal modules is called with arguments that it does not expect.
% hostile: 64 73
% verdict: done or halted 0 or killed or deadline
% limits: deadline=6s, output=1M
-module(internal_builtins).
-export([main/0]).

main() ->
    Modules = [erts_internal, erts_debug, prim_file, prim_zip, prim_eval, prim_inet, prim_net, prim_socket, prim_buffer,
               erl_tracer, erts_code_purger, erts_literal_area_collector, erts_dirty_process_signal_handler,
               socket_registry, erl_init, apex_host, atomics, counters, persistent_term, re, unicode, ets, os, code],
    Values = [self(), -1, 1 bsl 70, [], <<>>, {a, b}, #{}, fun() -> ok end, make_ref(), "text", 1.5, lists:seq(1, 100)],
    [call(M, F, [lists:nth((K * 7 + N * 3) rem 12 + 1, Values) || K <- lists:seq(1, A)]) ||
        M <- Modules, {F, A} <- exports(M), N <- [0, 1, 2, 5]],
    ok.
exports(M) -> try M:module_info(exports) catch _:_ -> [] end.
call(M, F, As) ->
    {P, R} = spawn_monitor(fun() -> apply(M, F, As) end),
    receive {'DOWN', R, process, P, _} -> ok after 5 -> exit(P, kill), receive {'DOWN', R, process, P, _} -> ok end end.
