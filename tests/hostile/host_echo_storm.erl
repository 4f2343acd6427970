% SPDX-License-Identifier: Apache-2.0
%% The host is asked for ever and answers at once.
% hostile: 84
% verdict: deadline
% limits: deadline=1s
-module(host_echo_storm).
-export([main/0]).

main() -> [{a, 1}] = host:echo({a, 1}), main().
