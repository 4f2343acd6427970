% SPDX-License-Identifier: Apache-2.0
%% A slogan of a million characters.
% hostile: 72 33
% verdict: halted 1 or halted 134 or error badarg
-module(halt_slogan).
-export([main/0]).

main() -> erlang:halt(lists:duplicate(1000000, $x), [{flush, false}]).
