% SPDX-License-Identifier: Apache-2.0
%% Match contexts over large binaries, kept and thrown away in turns.
% hostile: 28
% verdict: deadline
% limits: deadline=1s
-module(match_context_churn).
-export([main/0]).

main() -> B = binary:copy(<<1, 2, 3, 4, 5>>, 200000), churn(B, B).
churn(<<_:8, _:3, R/bits>>, B) when bit_size(R) > 100 -> churn(R, B);
churn(_, B) -> <<_:7, R/bits>> = B, churn(R, <<B/binary>>).
