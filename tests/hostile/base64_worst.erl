% SPDX-License-Identifier: Apache-2.0
%% Base 64 of megabytes, forth and back, and of what is none.
% hostile: 60 53
% verdict: done or killed or deadline
% limits: deadline=2s
-module(base64_worst).
-export([main/0]).

main() ->
    B = base64:encode(binary:copy(<<"abc">>, 500000)),
    _ = base64:decode(B),
    [catch base64:decode(X) || X <- [binary:copy(<<"=">>, 100000), binary:copy(<<" ">>, 1000000), <<"a">>]],
    ok.
