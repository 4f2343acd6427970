% SPDX-License-Identifier: Apache-2.0
%% Aliases without end.
% hostile: 15
% verdict: killed or error system_limit
-module(alias_bomb).
-export([main/0]).

main() -> alias(), main().
