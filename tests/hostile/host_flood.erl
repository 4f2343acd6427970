% SPDX-License-Identifier: Apache-2.0
%% The host is asked by hundreds of processes for ever, and answers from another thread.
% hostile: 84
% verdict: deadline
% limits: deadline=1s
-module(host_flood).
-export([main/0]).

main() -> [spawn(fun() -> ask(N) end) || N <- lists:seq(1, 300)], ask(0).
ask(N) -> [N] = host:later(N), ask(N).
