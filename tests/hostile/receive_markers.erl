% SPDX-License-Identifier: Apache-2.0
%% Calls with fresh references past a mailbox of a hundred thousand messages.
% hostile: more 49
% verdict: deadline
% limits: deadline=1s
-module(receive_markers).
-export([main/0]).

main() -> [self() ! N || N <- lists:seq(1, 100000)], S = spawn(fun() -> serve() end), call(S).
call(S) -> R = make_ref(), S ! {self(), R}, receive R -> call(S) end.
serve() -> receive {P, R} -> P ! R, serve() end.
