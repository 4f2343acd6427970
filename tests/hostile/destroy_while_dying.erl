% SPDX-License-Identifier: Apache-2.0
%% The sandbox is destroyed while thousands of linked processes end: in one round after another, so
%% that some are at it whenever it comes.
% hostile: more 17
% verdict: stopped
% destroy: 60
% limits: memory=256M
-module(destroy_while_dying).
-export([main/0]).

main() ->
    {_, Ref} = spawn_monitor(fun family/0),
    receive {'DOWN', Ref, process, _, die} -> main() end.

family() ->
    [spawn_link(fun() -> receive never -> ok end end) || _ <- lists:seq(1, 5000)],
    exit(die).
