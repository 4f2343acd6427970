%% SPDX-License-Identifier: Apache-2.0
%% string: the functions over grapheme clusters.
-module(string_module).
-export([main/0]).

main() ->
    S = "Hello, Wörld! 日本 e\x{301}",
    io:format("~ts ~ts ~ts~n", [string:uppercase(S), string:lowercase(S), string:titlecase("ǆabc")]),
    io:format("~w ~w~n", [string:length(S), length(S)]),
    io:format("~w~n", [string:to_graphemes(S)]),
    io:format("~ts~n", [string:reverse(S)]),
    io:format("~p~n", [[string:slice("abcdef", 2), string:slice("abcdef", 1, 3), string:slice(<<"abcdef">>, 4, 10)]]),
    io:format("~p~n", [[string:trim("  ab  "), string:trim("  ab  ", leading), string:trim("xxabxx", both, "x"), string:trim(<<" a ">>)]]),
    io:format("~p~n", [[string:split("a-b-c", "-"), string:split("a-b-c", "-", trailing), string:split("a-b-c", "-", all), string:split(<<"abc">>, "x")]]),
    io:format("~p~n", [[string:lexemes("a,b;;c", ",;"), string:nth_lexeme("a b c", 2, " "), string:tokens("a b  c", " ")]]),
    io:format("~p~n", [[string:find("abcabc", "bc"), string:find("abcabc", "bc", trailing), string:find("abc", "z")]]),
    io:format("~p~n", [[string:replace("abcabc", "b", "X"), lists:flatten(string:replace("abcabc", "b", "X", all))]]),
    io:format("~p~n", [[lists:flatten(string:pad("ab", 5)), lists:flatten(string:pad("ab", 5, leading, $0)), lists:flatten(string:pad("ab", 5, both))]]),
    io:format("~p~n", [[string:prefix("prefix", "pre"), string:prefix("x", "pre"), string:take("aab", "a"), string:take("aab", "b", true)]]),
    io:format("~p~n", [[string:equal("Abc", "abC"), string:equal("Abc", "abC", true), string:equal("e\x{301}", "é", false, nfc)]]),
    io:format("~p~n", [[string:to_integer("42abc"), string:to_integer("abc"), string:to_float("1.5e3x"), string:is_empty(""), string:is_empty(<<"a">>)]]),
    io:format("~p~n", [[string:next_codepoint("ab"), string:next_grapheme("e\x{301}x"), string:chomp("line\r\n"), string:casefold("Straße")]]),
    io:format("~p~n", [[string:str("hello", "l"), string:rstr("hello", "l"), string:substr("hello", 2, 3), string:centre("ab", 6), string:left("ab", 4, $.), string:right("ab", 4, $.)]]),
    io:format("~p~n", [[string:span("aabb", "a"), string:cspan("aabb", "b"), string:chars($x, 3), string:copies("ab", 3), string:words("a b c"), string:strip("  a "), string:join(["a", "b"], "-")]]).
