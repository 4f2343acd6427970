% SPDX-License-Identifier: Apache-2.0
%% init:restart and init:reboot end this sandbox at most.
% hostile: 72
% verdict: done or halted 0 or error terminated or deadline
% limits: deadline=2s
% linger: 20
-module(init_restart).
-export([main/0]).

main() -> catch init:restart(), catch init:reboot(), ok.
