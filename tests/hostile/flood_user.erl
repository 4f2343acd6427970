% SPDX-License-Identifier: Apache-2.0
%% The process that writes the output is flooded.
% hostile: 12
% verdict: limit memory or killed or deadline
% limits: deadline=3s
-module(flood_user).
-export([main/0]).

main() -> flood(whereis(user)).
flood(P) -> P ! {io_request, self(), make_ref(), {get_chars, "", 10}}, flood(P).
