% SPDX-License-Identifier: Apache-2.0
%% erts_debug:flat_size of such a term.
% hostile: 23
% verdict: killed or deadline
% limits: deadline=2s
-module(flat_size_shared).
-export([main/0]).

main() -> erts_debug:flat_size(double(40, [])).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
