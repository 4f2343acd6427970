% SPDX-License-Identifier: Apache-2.0
%% A process that does not read is sent messages for ever.
% hostile: 11
% verdict: killed or limit memory or error killed
-module(message_flood).
-export([main/0]).

main() -> flood(spawn_link(fun() -> timer:sleep(infinity) end)).
flood(P) -> P ! {here, is, a, message, [1, 2, 3, 4]}, flood(P).
