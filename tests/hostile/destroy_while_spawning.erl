% SPDX-License-Identifier: Apache-2.0
%% The sandbox is destroyed while processes are started.
% hostile: more 17
% verdict: stopped or error system_limit
% destroy: 80
% limits: processes=50000, memory=256M
-module(destroy_while_spawning).
-export([main/0]).

main() -> spawn(fun() -> receive never -> ok end end), main().
