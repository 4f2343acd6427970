%% SPDX-License-Identifier: Apache-2.0
%% Errors of patterns, in the words and places of OTP.
-module(regex_errors).
-export([main/0]).

main() ->
    [io:format("~p: ~p~n", [X, try re:compile(X, O) of {ok, _} -> ok; E -> E catch _:E -> E end])
     || O <- [[], [unicode]],
        X <- ["(", "a)", "[a", "a{2,1}", "*a", "(?<n>a)(?<n>b)", "\\", "(?P<", "(?<1a>x)", "[z-a]", "(?",
              "\\x{110000}", "(?z)", "[[:foo:]]", "\\1", "(?1)", "\\g{2}", "\\k<foo>", "(?<=a*)b", "(?#", "\\c",
              "\\p{Foo}", "\\N{name}", "\\u0041", "(*FOO)a", "(?C256)", "[\\d-z]", "a**", "a{99999}", "\\o{8}", "\\x{zz}",
              "(?<n", "(?'n", "(?P=", "(?P>x)", "(?&x)", "\\Qabc", "(?i", "x{,3}", "[]", "[^]", "[a-\\d]", "\\8", "\\E",
              "(?|(a)|(b))", "\\X", "\\L", "\\U", "\\l", "(?R", "(?<=ab|c+)", "[[.a.]]", "(?-", "\\ca", "(?:", "(?>", "(?=",
              "(*ACCEPT)", "(?(?=a)b|c)", "(?(", "(?(<n>)a)", "(?(R)a)", "(?(DEFINE)a|b)", "(?(1)a|b|c)", "\\g", "\\k",
              "\\k{", "\\k{a", "\\K", "(?P<a>b)\\k{a}", "(?<" ++ lists:duplicate(40, $a) ++ ">b)", "(*UTF)a",
              "(*LIMIT_MATCH=10)a", "\\y\\j", "[\\w-.]+@", "[.\\w-]", "[[:alpha:]-x]"]],
    [io:format("~p: ~p~n", [P, case re:compile(P) of {ok, _} -> ok; E -> E end])
     || L <- lists:seq($A, $Z) ++ lists:seq($a, $z) ++ "089",
        F <- ["[\\~c]", "[!-\\~c]", "[\\~c-z]", "[a\\~c-]", "[^\\~c!]", "[a-\\~cz]", "[\\~c-\\~c]", "[\\d-\\~c]",
              "[!\\Q-\\E\\~c]", "[a-z-\\~c]", "(x[-\\~c])", "(\\~c"],
        P <- [re:replace(F, "~c", [L], [global, {return, list}])]],
    [io:format("~p: ~p~n", [P, case re:compile(P, O) of {ok, _} -> ok; E -> E end])
     || O <- [[], [unicode]],
        P <- ["a\\N{U+41}", "\\\\N{U+41}", "\\Q\\N{U+41}\\E", "\\N{2}", "\\p", "\\P", "\\p?", "a\\p]b", "\\p{", "\\p{^", "\\p{L", "\\o", "a\\ox", "\\o}", "\\N{", "[\\N{U+41}]", "[x\\N"]],
    [io:format("~p~n", [re:compile(X, [unicode])]) || X <- [<<255>>, <<"a", 195>>, "\\x{d800}"]],
    [show(fun() -> re:compile(id(X), id(O)) end)
     || {X, O} <- [{"a", [foo]}, {"a", foo}, {"a", [global]}, {"a", [{capture, all}]}, {"a", [{newline, foo}]}, {a, []},
                   {[16#400], []}, {"a", [notbol]}, {"a", [{offset, 1}]}, {<<1:1>>, []}, {[a], [unicode]},
                   {[16#110000], [unicode]}]],
    show(fun() -> re:compile(id(a)) end),
    show(fun() -> re:inspect(element(2, re:compile("(?<b>a)(?<a>x)")), namelist) end),
    show(fun() -> re:inspect(element(2, re:compile("(?<b>a)|(?<b>x)|(?<a>z)", [dupnames])), namelist) end),
    show(fun() -> re:inspect(id(a), namelist) end),
    show(fun() -> re:inspect(id({re_pattern, 0, 0, 0, <<"abc">>}), namelist) end).

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
