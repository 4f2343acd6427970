% SPDX-License-Identifier: Apache-2.0
%% term_to_binary of a term that expands to 2^40 words.
% hostile: 23
% verdict: killed or error system_limit or deadline
% limits: deadline=3s
-module(encode_shared).
-export([main/0]).

main() -> term_to_binary(double(40, [])).
double(0, T) -> T;
double(N, T) -> double(N - 1, [T | T]).
