% SPDX-License-Identifier: Apache-2.0
%% The same in the environment of a fun.
% hostile: 23
% verdict: killed or error system_limit or deadline
% limits: deadline=3s
-module(spawn_fun_shared).
-export([main/0]).

main() -> T = double(35, []), spawn(fun() -> T end), ok.
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
