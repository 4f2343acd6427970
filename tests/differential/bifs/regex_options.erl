%% SPDX-License-Identifier: Apache-2.0
%% re:run with every option, capture and subject.
-module(regex_options).
-export([main/0]).

main() ->
    R = fun(S, P, O) -> show(fun() -> re:run(S, P, O) end) end,
    [R("abcd", "b(x)?(c)(y)?(z)?", [{capture, V, T}])
     || V <- [all, all_but_first, first, none, [], all_names, [0, 1, 2, 3, 4, 5], [2, 9, x], foo, [-1], [1.0], [1 | a]],
        T <- [index, list, binary, foo]],
    [R("abcd", "(?<n>b)(?<m>c)", [{capture, V, list}])
     || V <- [[n, m], ["n", <<"m">>, foo, 0], all_names, [n | x], [[a]], n]],
    [R("abcd", "b", [{offset, N}]) || N <- [0, 1, 2, 4, -1, a, 1 bsl 40]],
    [R("abcd", P, O) || P <- ["", "x*", "b?"], O <- [[{offset, 4}], [notempty], [notempty_atstart]]],
    [R(S, P, O)
     || {S, P, O} <- [{"abcd", "^b", []}, {"abcd", "b", [anchored]}, {"bbcd", "b", [anchored]}, {"a\nb", "^b", [multiline]},
                      {"a\nb", "^b", []}, {"a\rb", "^b", [multiline, {newline, cr}]},
                      {"a\r\nb", "^b", [multiline, {newline, crlf}]}, {"a\nb", "a.b", []}, {"a\nb", "a.b", [dotall]},
                      {"ABC", "b", [caseless]}, {"ab\n", "b$", []}, {"ab\n", "b$", [dollar_endonly]}, {"a b", " a b", [extended]},
                      {"aaa", "a+", [ungreedy]}, {"abc", "a", [notbol]}, {"abc", "^a", [notbol]}, {"abc", "c$", [noteol]},
                      {"x\nabc", "abc", [firstline]}, {"abc", "(a)", [no_auto_capture]},
                      {"abc", "(?<n>a)|(?<n>b)", [dupnames, {capture, [n], list}]},
                      {"bbc", "(?<n>a)|(?<n>b)", [dupnames, {capture, [n], list}]}, {"b", "(?<b>a)|(?<b>b)|(?<a>z)", [dupnames, {capture, all_names}]},
                      {"abc", "a", [foo]}, {"abc", "a", foo}, {"abcabc", "a", [global]}, {"abcabc", "a", [global, {capture, all, list}]},
                      {"abc", "(", []}, {"abc", "(", [report_errors]}, {a, "a", []}, {"abc", a, []},
                      {"abc", {re_pattern, 1, 2, 3, 4}, []}, {"abc", {re_pattern, 0, 0, 0, <<"x">>}, []},
                      {"foo\x{85}bar", "\\R", []}, {"foo\x{85}bar", "\\R", [bsr_unicode]}, {"foo\x{85}bar", "\\R", [bsr_anycrlf]},
                      {"a1", "\\w\\d", [ucp]}, {"a", "a", [no_start_optimize]}, {"a", "(*UTF8)a", [never_utf]},
                      {"foobar", "foo\\Kbar", []}, {"foobar", "(?=foo\\K)", []}, {<<1:1>>, "a", []},
                      {[<<"ab">>, "cd"], "bc", [{capture, all, binary}]}, {"", "^$", []}, {"", "", [{capture, all, list}]},
                      {"ab", "(a)|(b)", [global, {capture, all}]}, {"ab", "", [global]},
                      {"a\r\nb\r\nc", "^.*$", [global, multiline, {newline, anycrlf}, {capture, all, list}]},
                      {"8", "\\8", []}, {"y", "\\y", []}, {"a-.", "[\\w-.]+", []}]],
    [R([C], P, O) || {C, P, O} <- [{16#C5, [16#E5], [caseless]}, {16#E5, "\\w", []}, {16#A0, "\\s", []}, {16#E5, "[[:lower:]]", []},
                                  {16#C5, "[[:alpha:]]", []}, {16#D7, "[[:alpha:]]", []}, {16#AA, "\\w", []},
                                  {16#FF, "[[:upper:]]", []}, {16#A1, "[[:punct:]]", []}, {16#85, "[[:cntrl:]]", []},
                                  {16#A0, "[[:print:]]", []}, {16#A0, "[[:blank:]]", []}]],
    %% Steps: a pattern that explodes is stopped by the limit.
    Hard = lists:duplicate(40, $a) ++ "b",
    R(Hard, "(a+)+$", []),
    R(Hard, "(a+)+$", [report_errors]),
    R("aaaa", "(a+)+$", [{match_limit, 3}, report_errors]),
    R("aaaa", "(a+)+$", [{match_limit, 3}]),
    R("aaaa", "(a+)+$", [{match_limit, -1}]),
    %% Unicode subjects.
    [R(S, P, O)
     || {S, P, O} <- [{"\x{e5}\x{e4}\x{f6}", "\x{e4}", [unicode]}, {"\x{e5}\x{e4}", "\x{e4}", [unicode, {capture, all, list}]},
                      {"\x{e5}\x{e4}", "\x{e4}", [unicode, {capture, all, binary}]}, {[16#400], [16#400], []},
                      {[16#400], [16#400], [unicode]}, {<<"\x{e5}\x{e4}"/utf8>>, "\x{e4}", [unicode, {offset, 2}]},
                      {<<"\x{e5}\x{e4}"/utf8>>, <<"\x{e4}"/utf8>>, [unicode, {capture, all, list}]},
                      {<<"\x{e5}\x{e4}"/utf8>>, <<".(?<xx>.)"/utf8>>, [unicode, {capture, [xx], list}]}]],
    [R(S, <<"b">>, [unicode]) || S <- [<<"ab", 255>>, <<"ab", 195>>]],
    {ok, MP} = re:compile("a(b)"),
    {re_pattern, Groups, Unicode, CrLf, Code} = MP,
    show(fun() -> {Groups, Unicode, CrLf, is_binary(Code)} end),
    [show(fun() -> re:run("xab", MP, O) end) || O <- [[], [{newline, cr}], [anchored], [{offset, 2}], [global]]],
    [show(fun() -> try re:run("xab", MP, O) catch _:E -> E end end) || O <- [[caseless], [unicode]]],
    show(fun() -> re:run("xab", binary_to_term(term_to_binary(MP))) end),
    show(fun() -> {ok, {re_pattern, A, B, C, _}} = re:compile("a(b)", [unicode, {newline, any}]), {A, B, C} end),
    show(fun() -> {re:split("a,b,c", ","), re:split("a,b,c", "(,)", [{return, list}]), re:split("abc", ""),
                   re:split("\x{e5}\x{e4}", "", [unicode])} end),
    show(fun() -> {re:replace("abcdc", "c", "[&]", [{return, list}]), re:replace("abcdc", "(c)", "<\\1>", [global])} end),
    %% A long subject is searched piece by piece.
    Long = binary:copy(<<"lorem ipsum dolor ">>, 2000),
    show(fun() -> {re:run(<<Long/binary, "needle">>, "need(le)"), re:run(Long, "needle"), re:run(Long, "^ipsum"),
                   length(element(2, re:run(Long, "ips[a-z]+", [global]))), re:run(Long, "[xyz]|\\d")} end),
    show(fun() -> re:run(<<Long/binary, "\r\n">>, "\\n$", [{newline, anycrlf}]) end),
    show(fun() -> length(re:split(Long, "\\s+", [{return, binary}])) end).

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
