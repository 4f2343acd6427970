% SPDX-License-Identifier: Apache-2.0
%% Atoms from binaries.
% hostile: 34
% verdict: error system_limit
% limits: atoms=100000, memory=256M
-module(binary_atom_bomb).
-export([main/0]).

main() -> atoms(0).
atoms(N) -> binary_to_atom(<<"hostile_", (integer_to_binary(N))/binary>>), atoms(N + 1).
