% SPDX-License-Identifier: Apache-2.0
%% A search pattern of a hundred thousand strings.
% hostile: 48
% verdict: killed or done or deadline
% limits: deadline=3s
-module(binary_pattern_bomb).
-export([main/0]).

main() ->
    C = binary:compile_pattern([<<N:64, N:64>> || N <- lists:seq(1, 100000)]),
    _ = binary:matches(binary:copy(<<0>>, 1000000), C),
    ok.
