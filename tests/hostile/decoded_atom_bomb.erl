% SPDX-License-Identifier: Apache-2.0
%% Atoms from the external format.
% hostile: 35
% verdict: error system_limit
% limits: atoms=100000, memory=256M
-module(decoded_atom_bomb).
-export([main/0]).

main() -> atoms(0).
atoms(N) ->
    Text = <<"hostile_", (integer_to_binary(N))/binary>>,
    binary_to_term(<<131, 119, (byte_size(Text)), Text/binary>>),
    atoms(N + 1).
