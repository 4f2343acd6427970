% SPDX-License-Identifier: Apache-2.0
%% Patterns that call themselves.
% hostile: 45
% verdict: done or deadline or killed
% limits: deadline=4s
-module(re_recursion).
-export([main/0]).

main() ->
    Subject = lists:duplicate(100000, $(),
    [catch re:run(S, P, [{capture, none}]) ||
        P <- ["(\\((?R)?\\))", "^(a(?1)?b|c)$", "(?R)?a", "((?:\\(|(?1))*)x", "^(.|(?1)(?1))*$"],
        S <- [Subject, lists:duplicate(20000, $a)]],
    ok.
