%% SPDX-License-Identifier: Apache-2.0
%% io_lib:fread, string to terms: erl_scan, erl_parse, erl_eval of expressions.
-module(io_lib_parsing).
-export([main/0]).

main() ->
    io:format("~p~n", [[io_lib:fread(F, S) || {F, S} <- [{"~d", "42 rest"}, {"~d ~s", "7 word"}, {"~f", "1.5"}, {"~c", "x"}, {"~a", "atom"}, {"~16u", "ff"}, {"~d", "x"}, {"a~d", "a1"}, {"~*d~d", "1 2"}]]]),
    io:format("~p~n", [[eval(S) || S <- ["1 + 2 * 3.", "[X * 2 || X <- [1, 2, 3]].", "lists:reverse(\"abc\").", "case {a, 1} of {a, N} -> N; _ -> none end.",
        "fun(X) -> X + 1 end(2).", "#{a => 1}#{a := 2}.", "<<1, 2:4, 3:4>>.", "begin A = 1, B = A + 1, {A, B} end.", "try throw(x) catch throw:Y -> Y end.", "\"a\" ++ \"b\"."]]]),
    io:format("~p~n", [erl_scan:string("foo(X, 1.5) -> \"s\", $c; % comment")]),
    io:format("~p~n", [erl_scan:string("'unterminated")]),
    {ok, T, _} = erl_scan:string("f(X) when X > 1 -> [X]; f(_) -> none."),
    io:format("~p~n", [erl_parse:parse_form(T)]),
    {ok, Form} = erl_parse:parse_form(T),
    io:format("~s~n", [erl_pp:form(Form)]),
    io:format("~p~n", [erl_parse:parse_exprs(element(2, erl_scan:string("1 + .")))]).

eval(S) ->
    {ok, T, _} = erl_scan:string(S),
    {ok, E} = erl_parse:parse_exprs(T),
    {value, V, _} = erl_eval:exprs(E, []),
    V.
