% SPDX-License-Identifier: Apache-2.0
%% Starts that take tens of thousands of steps find what short ones would.
-module(regular_expressions_of_many_steps).
-export([main/0]).

main() ->
    A = binary:copy(<<"a">>, 16),
    [show(Subject, Pattern, Options)
     || {Subject, Pattern, Options} <-
            [{<<A/binary, "c">>, "(a+)+b", []},
             {<<A/binary, "c">>, "(a+)+b|(a+)(c)", []},
             {<<A/binary, "cab">>, "(?:a|aa)+b|(?<rest>c.)", [{capture, [rest], list}]},
             {<<A/binary, "c">>, "((a|aa)+)+$|(?<=(aa))c", [{capture, all, index}]},
             {<<"x", A/binary, "y">>, "^(?:(a+)+b|x(?=a+(y)))", [{capture, all, binary}]},
             {<<A/binary, A/binary>>, "(a*)*\\1b|a{3}$", []},
             {<<A/binary, "\n", A/binary, "b">>, "^(a+)+b$", [multiline]},
             {<<A/binary, "c">>, "(?>(?:a+)+)b|(a+)+?c", [ungreedy]},
             {<<A/binary, "C">>, "(a+)+b|A+c", [caseless]},
             {<<A/binary, "c">>, "(a+)+b", [anchored, report_errors]},
             {<<A/binary, "c", A/binary, "cc">>, "\\G(?:(?:a+)+b|a+c)", [global]},
             {<<A/binary, "c", A/binary, "c">>, "(?:a+)+b|c", [global, {capture, all, list}]},
             {unicode:characters_to_binary([lists:duplicate(16, $ä), $ö]), "(ä+)+b|(ö)",
              [unicode, {capture, all, list}]},
             {<<A/binary, "c">>, "(?(?=(a+)+b)x|(a)(a))", []},
             {<<A/binary, "c">>, "(?<x>a+)+(?:b|(?P=x)c)", [{capture, all_names, binary}]},
             {<<A/binary, "c">>, "(?:a+)+(*PRUNE)b|c", []},
             {<<A/binary, "c">>, "(?:a+)+(?C7)b|(?C)c", []},
             {<<A/binary, "c">>, "(a+)+(*ACCEPT)b", []},
             {<<A/binary, "bc">>, "(?s)(.+)+(?:[^abc]|\\z)", []},
             {<<A/binary, "c">>, "(?x) ( a+ )+ # many\n b | (?i) C", []}]],
    show_split(<<A/binary, "c", A/binary, "c">>, "(?:a+)+b|c").

show(Subject, Pattern, Options) ->
    io:format("~ts ~0p~n  ~0p~n", [Pattern, Options, catch re:run(Subject, Pattern, Options)]).

show_split(Subject, Pattern) ->
    io:format("~0p~n~0p~n", [re:split(Subject, Pattern), re:replace(Subject, Pattern, "[&]", [global])]).
