% SPDX-License-Identifier: Apache-2.0
%% A hundred processes ask for all there is to know about each other.
% hostile: more 74
% verdict: deadline
% limits: deadline=1s
-module(info_storm).
-export([main/0]).

main() -> L = [spawn(fun() -> receive {all, A} -> info(A) end end) || _ <- lists:seq(1, 100)], [P ! {all, L} || P <- L], info(L).
info(L) -> [begin _ = process_info(P), _ = process_info(P, [backtrace, binary, dictionary, memory, messages, links, monitors]) end || P <- L], info(L).
