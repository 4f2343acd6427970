%% SPDX-License-Identifier: Apache-2.0
%% ~p of wide and deep terms: line breaks and indentation.
-module(pretty_printing).
-export([main/0]).

main() ->
    T = {config, [{name, "a long string for a name"}, {values, lists:seq(1, 40)}, {nested, {deep, [{deeper, #{key => [value, {tuple, <<"binary">>}]}}]}}]},
    io:format("~p~n", [T]),
    io:format("~30p~n", [T]),
    io:format("~120p~n", [T]),
    io:format("prefix ~p suffix~n", [T]),
    io:format("~p~n", [maps:from_list([{N, {N, "value number", N}} || N <- lists:seq(1, 12)])]),
    io:format("~p~n", [list_to_tuple(lists:seq(1, 60))]),
    io:format("~p~n", [lists:duplicate(6, "strings in a list of strings")]),
    io:format("~p~n", [binary:copy(<<1, 2, 3, 250>>, 20)]),
    io:format("~p~n", [binary:copy(<<"printable text in a binary. ">>, 8)]),
    io:format("~p~n", [lists:flatten(lists:duplicate(10, "long text "))]),
    io:format("~P~n", [T, 12]),
    io:format("~tp ~p~n", ["日本", "日本"]),
    io:format("~tp ~p~n", [<<"é"/utf8>>, <<"é"/utf8>>]),
    io:format("~p~n", [[{a, [{b, [{c, [{d, [{e, [{f, [{g, lists:seq(1, 20)}]}]}]}]}]}]}]]),
    io:format("~p~n", [["\n\t\e\0", "\d", [7], [127], [255], [256]]]),
    io:format("~lp ~lp~n", ["abc", [1, "b"]]).
