% SPDX-License-Identifier: Apache-2.0
%% A bit string that grows by one bit at a time, by many owners.
% hostile: more 4 28
% verdict: killed or error system_limit or deadline
% limits: deadline=2s
-module(bits_append_shift).
-export([main/0]).

main() -> grow(<<1:1>>, <<>>).
grow(A, B) -> grow(<<A/bits, 1:1>>, <<A/bits, B/bits, 0:3>>).
