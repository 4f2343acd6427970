% SPDX-License-Identifier: Apache-2.0
%% demonitor with flush searches a long mailbox.
% hostile: 49
% verdict: deadline or killed
% limits: deadline=1s
-module(mailbox_flush_scan).
-export([main/0]).

main() -> [self() ! N || N <- lists:seq(1, 300000)], scan().
scan() -> R = monitor(process, self()), demonitor(R, [flush]), demonitor(make_ref(), [flush, info]), scan().
