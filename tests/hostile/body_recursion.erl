% SPDX-License-Identifier: Apache-2.0
%% Recursion that is never a tail call: the stack grows.
% hostile: 2
% verdict: killed
-module(body_recursion).
-export([main/0]).

main() -> f(erlang:unique_integer([positive])).
f(-1) -> 0;
f(N) -> 1 + f(N + 1).
