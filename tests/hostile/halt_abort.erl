% SPDX-License-Identifier: Apache-2.0
%% erlang:halt(abort) makes no dump and ends this sandbox only.
% hostile: 72 33
% verdict: halted 134 or halted 1
-module(halt_abort).
-export([main/0]).

main() -> erlang:halt(abort).
