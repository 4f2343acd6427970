% SPDX-License-Identifier: Apache-2.0
%% Twenty sandboxes that do nothing but compute, at the highest priority.
% hostile: more 39 55
% verdict: deadline
% copies: 20
% limits: deadline=1s
-module(many_loops).
-export([main/0]).

main() -> process_flag(priority, max), [spawn(fun() -> loop() end) || _ <- lists:seq(1, 10)], loop().
loop() -> loop().
