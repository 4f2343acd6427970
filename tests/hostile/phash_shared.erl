% SPDX-License-Identifier: Apache-2.0
%% phash of a term that expands to 2^40 words.
% hostile: 23
% verdict: killed or deadline
% limits: deadline=2s
-module(phash_shared).
-export([main/0]).

main() -> erlang:phash(double(40, []), 1000).
double(0, T) -> T;
double(N, T) -> double(N - 1, [T | T]).
