% SPDX-License-Identifier: Apache-2.0
%% Atoms without end.
% hostile: 34
% verdict: error system_limit
% limits: atoms=100000, memory=256M
-module(atom_bomb).
-export([main/0]).

main() -> atoms(0).
atoms(N) -> list_to_atom("hostile_" ++ integer_to_list(N)), atoms(N + 1).
