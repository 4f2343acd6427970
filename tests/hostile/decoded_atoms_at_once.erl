% SPDX-License-Identifier: Apache-2.0
%% A hundred thousand atoms in one binary.
% hostile: 35
% verdict: error system_limit or error badarg
% limits: atoms=10000, memory=256M
-module(decoded_atoms_at_once).
-export([main/0]).

main() ->
    All = [begin T = integer_to_binary(N), [119, byte_size(T) + 1, $h, T] end || N <- lists:seq(1, 100000)],
    binary_to_term(iolist_to_binary([<<131, 108, 100000:32>>, All, 106])).
