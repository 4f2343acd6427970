% SPDX-License-Identifier: Apache-2.0
%% external_size of a term that expands to 2^40 words.
% hostile: 23
% verdict: deadline
% limits: deadline=2s
-module(external_size_shared).
-export([main/0]).

main() -> erlang:external_size(double(40, [])).
double(0, T) -> T;
double(N, T) -> double(N - 1, [T | T]).
