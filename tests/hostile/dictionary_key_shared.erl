% SPDX-License-Identifier: Apache-2.0
%% Such a key in the process dictionary.
% hostile: 23
% verdict: killed or deadline
% limits: deadline=2s
-module(dictionary_key_shared).
-export([main/0]).

main() -> put(double(40, []), 1), get(double(40, [])).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
