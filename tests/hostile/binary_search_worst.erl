% SPDX-License-Identifier: Apache-2.0
%% Searches in binaries where each place nearly matches.
% hostile: 48
% verdict: deadline or done or killed
% limits: deadline=2s
-module(binary_search_worst).
-export([main/0]).

main() ->
    T = binary:copy(<<"a">>, 1000000),
    P = <<(binary:copy(<<"a">>, 50000))/binary, "b">>,
    [] = binary:matches(T, P),
    [] = binary:matches(T, [<<(binary:copy(<<"a">>, N))/binary, "b">> || N <- lists:seq(1, 300)]),
    _ = binary:split(T, <<"a">>, [global]),
    _ = binary:replace(T, <<"a">>, <<"aaaaaaaa">>, [global]),
    ok.
