% SPDX-License-Identifier: Apache-2.0
%% Blocks of ever other sizes, of which each second one is kept.
% hostile: 24
% verdict: deadline or killed
% limits: deadline=1s
-module(heap_in_pieces).
-export([main/0]).

main() -> pieces(1, []).
pieces(N, Kept) when N rem 2000 =:= 0 -> pieces(N + 1, lists:sublist(Kept, 500));
pieces(N, Kept) ->
    _ = binary:copy(<<0>>, 100 + N rem 97 * 331),
    pieces(N + 1, [binary:copy(<<1>>, 65 + N rem 89 * 977) | Kept]).
