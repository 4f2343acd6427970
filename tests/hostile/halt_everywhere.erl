% SPDX-License-Identifier: Apache-2.0
%% Many processes halt at once.
% hostile: 72
% verdict: halted 3 or halted 4
-module(halt_everywhere).
-export([main/0]).

main() -> [spawn(fun() -> erlang:halt(3 + N rem 2, [{flush, false}]) end) || N <- lists:seq(1, 1000)], receive x -> ok end.
