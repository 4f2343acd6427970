% SPDX-License-Identifier: Apache-2.0
%% A match at each place of a long text.
% hostile: 45 59
% verdict: done or deadline or killed
% limits: deadline=2s
-module(re_split_bomb).
-export([main/0]).

main() ->
    T = binary:copy(<<"a">>, 200000),
    _ = re:replace(T, "", "xxxxxxxxxx", [global, {return, binary}]),
    _ = re:split(T, "", [{return, list}]),
    _ = re:run(T, "(a)(b)?(c)?", [global]),
    ok.
