% SPDX-License-Identifier: Apache-2.0
%% The names of system processes are taken before anybody asks for them.
% hostile: 38 37
% verdict: done
-module(name_squat).
-export([main/0]).

main() ->
    Names = [code_server, kernel_sup, logger, error_logger, application_controller, rex, global_name_server,
             inet_db, net_kernel, auth, file_server_2, init, erl_prim_loader, user, standard_error, timer_server],
    [catch register(N, spawn(fun() -> receive stop -> ok end end)) || N <- Names],
    io:format("~p~n", [{still, here}]),
    ok.
