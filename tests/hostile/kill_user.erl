% SPDX-License-Identifier: Apache-2.0
%% The I/O server is killed.
% hostile: 73
% verdict: done
% linger: 50
-module(kill_user).
-export([main/0]).

main() -> exit(whereis(user), kill), catch io:format("hello~n"), ok.
