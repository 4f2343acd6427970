% SPDX-License-Identifier: Apache-2.0
%% A mailbox has a length.
% hostile: 11
% verdict: killed
% limits: mailbox=1000
-module(message_flood_limited).
-export([main/0]).

main() -> flood(spawn_link(fun() -> timer:sleep(infinity) end)).
flood(P) -> P ! hello, flood(P).
