%% SPDX-License-Identifier: Apache-2.0
%% In a character class escapes that stand for no character are their letters.
-module(letters_as_escapes_in_classes).
-export([main/0]).

main() ->
    [io:format("~c ~p~n", [C, [try re:run(Subject, Pattern, Options) catch _:R -> R end
                               || Pattern <- [[$\\, C], [$[, $\\, C, $]], [$[, $^, $\\, C, $]], [$[, $\\, C, $-, $~, $]],
                                              [$\\, C | "x"], "[a\\" ++ [C, $b, $]], "(?x)[ \\" ++ [C | "] # [\\A]"]],
                                  Subject <- [[C], "x\\" ++ [C], "b"], Options <- [[], [unicode]]]])
     || C <- lists:seq($A, $Z) ++ lists:seq($a, $z)],
    [io:format("~s ~p~n", [P, re:compile(P)])
     || P <- ["[\\A-\\z]", "[a\\A-\\d]", "[\\A-\\d]", "[a-\\z]", "[\\L]", "[\\A", "[\\A\\A\\A](", "[[:\\A:]", "[\\A[:foo:]]"]].
