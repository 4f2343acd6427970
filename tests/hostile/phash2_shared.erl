% SPDX-License-Identifier: Apache-2.0
%% phash2 of a term that expands to 2^40 words.
% hostile: 23
% verdict: deadline
% limits: deadline=2s
-module(phash2_shared).
-export([main/0]).

main() -> erlang:phash2(double(40, [])).
double(0, T) -> T;
double(N, T) -> double(N - 1, [T | T]).
