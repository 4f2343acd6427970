% SPDX-License-Identifier: Apache-2.0
%% The sandbox is destroyed while ten thousand linked processes end.
% hostile: more 17
% verdict: stopped or done
% destroy: 60
-module(destroy_while_dying).
-export([main/0]).

main() ->
    [spawn_link(fun() -> receive never -> ok end end) || _ <- lists:seq(1, 20000)],
    exit(die).
