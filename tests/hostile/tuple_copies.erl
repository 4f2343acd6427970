% SPDX-License-Identifier: Apache-2.0
%% One element of a tuple of a million is replaced, for ever.
% hostile: 29
% verdict: deadline or killed
% limits: deadline=1s
-module(tuple_copies).
-export([main/0]).

main() -> copies(erlang:make_tuple(1000000, 0), 1).
copies(T, N) -> copies(setelement(N rem 1000000 + 1, T, N), N + 1).
