% SPDX-License-Identifier: Apache-2.0
%% The messages of a long mailbox are asked for again and again.
% hostile: 49 74
% verdict: deadline or killed
% limits: deadline=1s
-module(mailbox_info).
-export([main/0]).

main() -> [self() ! {N, "text"} || N <- lists:seq(1, 100000)], info().
info() -> _ = process_info(self(), messages), _ = process_info(self(), message_queue_len), info().
