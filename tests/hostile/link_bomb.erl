% SPDX-License-Identifier: Apache-2.0
%% Linked processes without end.
% hostile: 16
% verdict: error system_limit or killed or limit memory
% limits: processes=100000
-module(link_bomb).
-export([main/0]).

main() -> spawn_link(fun() -> timer:sleep(infinity) end), main().
