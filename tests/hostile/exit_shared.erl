% SPDX-License-Identifier: Apache-2.0
%% The same as a reason to end.
% hostile: 23
% verdict: killed or error system_limit or deadline or error killed
% limits: deadline=3s
-module(exit_shared).
-export([main/0]).

main() ->
    {P, R} = spawn_monitor(fun() -> exit(double(35, [])) end),
    receive {'DOWN', R, process, P, _} -> ok end.
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
