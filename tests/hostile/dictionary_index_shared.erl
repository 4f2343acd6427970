% SPDX-License-Identifier: Apache-2.0
%% A key for a dictionary that is large enough for hashes shows one part billions of times.
% hostile: 23 7
% verdict: killed
% limits: deadline=10s
-module(dictionary_index_shared).
-export([main/0]).

main() ->
    [put(N, N) || N <- lists:seq(1, 100)],
    put(share(45), 1).

share(0) -> [];
share(N) -> T = share(N - 1), [T | T].
