% SPDX-License-Identifier: Apache-2.0
%% Children outlive the process that the host has called.
% hostile: 18
% verdict: done
% linger: 100
-module(spawn_survivor).
-export([main/0]).

main() -> [spawn(fun spin/0) || _ <- lists:seq(1, 10)], ok.
spin() -> spin().
