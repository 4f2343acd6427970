% SPDX-License-Identifier: Apache-2.0
%% A message that would expand to 2^35 words.
% hostile: 23
% verdict: killed or done or deadline
% limits: deadline=3s
-module(send_shared).
-export([main/0]).

main() -> self() ! double(35, []), receive _ -> ok end.
double(0, T) -> T;
double(N, T) -> double(N - 1, [T | T]).
