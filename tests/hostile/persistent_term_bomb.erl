% SPDX-License-Identifier: Apache-2.0
%% Persistent terms without end: they outlive their process.
% hostile: 10
% verdict: limit memory
% linger: 20
-module(persistent_term_bomb).
-export([main/0]).

main() -> fill(0).
fill(N) -> persistent_term:put({key, N}, lists:seq(1, 1000)), fill(N + 1).
