% SPDX-License-Identifier: Apache-2.0
%% A list of a billion integers.
% hostile: 3
% verdict: killed
-module(lists_seq_giant).
-export([main/0]).

main() -> length(lists:seq(1, 1000000000)).
