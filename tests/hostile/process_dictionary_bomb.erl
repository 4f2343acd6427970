% SPDX-License-Identifier: Apache-2.0
%% The process dictionary grows for ever.
% hostile: 7
% verdict: killed
-module(process_dictionary_bomb).
-export([main/0]).

main() -> fill(0).
fill(N) -> put(N, {N, N}), fill(N + 1).
