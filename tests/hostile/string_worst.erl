% SPDX-License-Identifier: Apache-2.0
%% Text functions with what is worst for them.
% hostile: 59
% verdict: done or deadline or killed
% limits: deadline=3s
-module(string_worst).
-export([main/0]).

main() ->
    A = lists:duplicate(20000, $a),
    _ = string:find(A, lists:duplicate(10000, $a) ++ "b"),
    _ = string:replace(A, "a", "bb", all),
    _ = string:lexemes(A, lists:seq($b, $z)),
    _ = string:equal(A, A, true, nfc),
    _ = string:pad(A, 100000, both, "xy"),
    ok.
