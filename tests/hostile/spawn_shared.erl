% SPDX-License-Identifier: Apache-2.0
%% The same as an argument of spawn.
% hostile: 23
% verdict: killed or error system_limit or deadline
% limits: deadline=3s
-module(spawn_shared).
-export([main/0]).

main() -> spawn(erlang, display, [double(35, [])]), ok.
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
