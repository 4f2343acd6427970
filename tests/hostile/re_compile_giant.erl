% SPDX-License-Identifier: Apache-2.0
%% Patterns of huge size or depth.
% hostile: 45
% verdict: done or deadline or killed
% limits: deadline=4s
-module(re_compile_giant).
-export([main/0]).

main() ->
    [catch re:compile(P, O) ||
        P <- [lists:duplicate(100000, $() ++ lists:duplicate(100000, $)),
              lists:append(lists:duplicate(3000, "(a{0,100}){0,100}")),
              "((((a{1,1000}){1,1000}){1,1000}){1,1000})", "(a{65535}){65535}", "[" ++ lists:seq(1, 255) ++ "]",
              lists:append(lists:duplicate(50000, "a|")), "(?<=" ++ lists:duplicate(70000, $a) ++ ")b",
              lists:append(lists:duplicate(20000, "(?<n>a)")), lists:append(lists:duplicate(20000, "\\p{Lu}")),
              "(?:(?:(?:(?:(?:(?:(?:(?:a{99}){99}){99}){99}){99}){99}){99}){99})"],
        O <- [[], [unicode, caseless], [dupnames]]],
    ok.
