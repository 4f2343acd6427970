% SPDX-License-Identifier: Apache-2.0
%% Maps whose keys are maps, nested in external format, so that each must be hashed or compared.
% hostile: 68 20
% verdict: done or killed or error badarg or deadline
% limits: deadline=3s
-module(etf_deep_keys).
-export([main/0]).

main() ->
    N = 200000,
    Open = binary:copy(<<116, 2:32, 97, 1, 97, 1>>, N),
    Close = binary:copy(<<97, 2>>, N),
    M = binary_to_term(<<131, Open/binary, 106, Close/binary>>),
    true = is_map(M),
    ok.
