%% SPDX-License-Identifier: Apache-2.0
%% iolists: nesting, flattening, sizes, conversion, joining.
-module(iolists).
-export([main/0]).

main() ->
    L = [<<"a">>, $b, ["c", [<<"d">>, [[], $e]]] | <<"f">>],
    io:format("~s ~p~n", [iolist_to_binary(L), iolist_size(L)]),
    io:format("~p~n", [iolist_to_binary(lists:duplicate(1000, L)) =:= binary:copy(<<"abcdef">>, 1000)]),
    Deep = lists:foldl(fun(N, A) -> [A, integer_to_list(N)] end, [], lists:seq(1, 20000)),
    io:format("~p ~p~n", [iolist_size(Deep), erlang:crc32(Deep)]),
    Right = lists:foldr(fun(N, A) -> [integer_to_list(N), A] end, [], lists:seq(1, 20000)),
    io:format("~p~n", [iolist_to_binary(Deep) =:= iolist_to_binary(Right)]),
    io:format("~s~n", [lists:join(", ", ["one", <<"two">>, ["th", "ree"]])]),
    io:format("~p~n", [list_to_binary([1, [2, <<3>>]])]),
    io:format("~p~n", [erlang:iolist_to_iovec([<<"small">>, binary:copy(<<"x">>, 100), "list", binary:copy(<<"y">>, 70)])]),
    io:format("~p~n", [[t(fun() -> iolist_to_binary(B) end) || B <- [[<<1:1>>], [1.0], [-1], [300], [a], "ok", <<>>, {}]]]),
    io:format("~p~n", [unicode:characters_to_binary([$é, "日本", <<"ü"/utf8>>])]),
    io:format("~p~n", [bitstring_to_list(<<1, 2, 3:3>>)]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
