% SPDX-License-Identifier: Apache-2.0
%% Processes that trap exits send exit signals to each other for ever.
% hostile: more 16
% verdict: deadline
% limits: deadline=1s
-module(exit_signal_loop).
-export([main/0]).

main() ->
    L = [spawn(fun() -> process_flag(trap_exit, true), receive {others, O} -> loop(O) end end) || _ <- lists:seq(1, 50)],
    [P ! {others, L} || P <- L],
    exit(hd(L), start),
    receive never -> ok end.
loop(O) -> receive {'EXIT', _, R} -> [exit(P, R) || P <- lists:sublist(O, 2)], loop(O) after 0 -> [exit(P, go) || P <- lists:sublist(O, 2)], loop(O) end.
