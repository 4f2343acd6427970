% SPDX-License-Identifier: Apache-2.0
%% A binary that doubles for ever.
% hostile: 4
% verdict: killed or error system_limit
-module(binary_append_bomb).
-export([main/0]).

main() -> grow(<<0:8000>>).
grow(B) -> grow(<<B/binary, B/binary>>).
