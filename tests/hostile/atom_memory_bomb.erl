% SPDX-License-Identifier: Apache-2.0
%% Long atoms: their text is memory too.
% hostile: 34
% verdict: killed or error system_limit or limit memory
-module(atom_memory_bomb).
-export([main/0]).

main() -> atoms(0, lists:duplicate(240, $x)).
atoms(N, Pad) -> list_to_atom(integer_to_list(N) ++ Pad), atoms(N + 1, Pad).
