%% SPDX-License-Identifier: Apache-2.0
%% re: run and replace with options.
-module(regular_expressions).
-export([main/0]).

main() ->
    io:format("~p~n", [[re:run("hello world", "o"), re:run("hello", "z"), re:run("hello", "l+", [{capture, all, list}]), re:run("ab12", "([a-z]+)(\\d+)", [{capture, all, binary}])]]),
    io:format("~p~n", [re:run("ab12cd34", "(\\w)(\\d+)", [global, {capture, all_but_first, list}])]),
    io:format("~p~n", [re:run("2024-05-06", "(?<y>\\d+)-(?<m>\\d+)", [{capture, [y, m], list}])]),
    io:format("~p~n", [re:run("ABC", "b", [caseless])]),
    io:format("~p~n", [re:run("a\nb", "^b$", [multiline])]),
    io:format("~p~n", [re:run("日本語", "本", [unicode])]),
    io:format("~p~n", [[re:replace("hello", "l", "L", [{return, list}]), re:replace("hello", "l", "<&>", [global, {return, binary}]), re:replace("abc", "(a)(b)", "\\2\\1", [{return, list}])]]),
    io:format("~p~n", [[re:split("a1b2c", "\\d", [{return, list}]), re:split("a1b2c", "(\\d)", [{return, list}]), re:split("abc", "", [{return, list}]), re:split("a,b,,", ",", [{return, list}, trim])]]),
    {ok, MP} = re:compile("x+(y)?"),
    io:format("~p~n", [[re:run("axxyb", MP), re:run("axxb", MP, [{capture, first}])]]),
    io:format("~p~n", [re:compile("(unclosed")]),
    io:format("~p~n", [re:inspect(element(2, re:compile("(?<b>.)(?<a>.)")), namelist)]),
    io:format("~p~n", [[re:run("aaa", "a{2}", [{offset, 1}]), re:run("aaa", "a", [anchored, {offset, 1}]), re:run("foo", "(?=o)o", [{capture, none}])]]),
    io:format("~p~n", [[t(fun() -> re:run(S, P, O) end) || {S, P, O} <- [{"a", "(", []}, {a, "a", []}, {"a", "a", [x]}]] =/= []]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
