% SPDX-License-Identifier: Apache-2.0
%% erlang:halt ends this sandbox only.
% hostile: 72
% verdict: halted 0
-module(halt_now).
-export([main/0]).

main() -> erlang:halt().
