% SPDX-License-Identifier: Apache-2.0
%% A long mailbox is searched for a message that never comes.
% hostile: 49
% verdict: deadline or killed
% limits: deadline=1s
-module(mailbox_scan).
-export([main/0]).

main() -> [self() ! N || N <- lists:seq(1, 300000)], scan().
scan() -> receive none -> ok after 0 -> scan() end.
