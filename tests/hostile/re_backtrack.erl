% SPDX-License-Identifier: Apache-2.0
%% Patterns that try all ways before they fail.
% hostile: 45
% verdict: done or deadline
% limits: deadline=4s
-module(re_backtrack).
-export([main/0]).

main() ->
    Subject = lists:duplicate(5000, $a) ++ "!",
    [catch re:run(Subject, P, [{capture, none}]) ||
        P <- ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(.*)(.*)(.*)(.*)(.*)(.*)x", "^(([a-z])+.)+[A-Z]([a-z])+$",
              "(?:a?){30}a{30}b", "^(?:(?:a*)*)*b", "(a*)*\\1b"]],
    ok.
