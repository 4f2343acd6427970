% SPDX-License-Identifier: Apache-2.0
%% The sandbox is destroyed while it computes.
% hostile: more 39
% verdict: stopped
% destroy: 100
-module(destroy_in_loop).
-export([main/0]).

main() -> main().
