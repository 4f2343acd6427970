%% SPDX-License-Identifier: Apache-2.0
%% Which of several missing keys an exact update names: the smallest one, wherever it
%% stands in the source.
-module(missing_keys).
-export([main/0]).

-define(NAMED(Update), io:format("~s ~p~n", [??Update, named(fun() -> Update end)])).

main() ->
    Small = id(#{a => 1, 7 => 2, "s" => 3}),
    Large = maps:merge(Small, maps:from_list([{{key, N}, N} || N <- lists:seq(1, 100)])),
    [updates(M) || M <- [#{}, Small, Large]],
    ok.

updates(M) ->
    ?NAMED(M#{42.0 := x, 42 := y}),
    ?NAMED(M#{42 := x, 42.0 := y}),
    ?NAMED(M#{c := x, b := y}),
    ?NAMED(M#{c := x, a := y, b := z}),
    ?NAMED(M#{"t" := x, {1} := y, #{} := z, <<"u">> := v, zz := w}),
    ?NAMED(M#{<<"u">> := v, #{x => 1} := z, {k, 1} := y, #{} := z}),
    ?NAMED(M#{a := 1, {key, 5} := z, {key, 0} := y, {key, 101} := v}),
    ?NAMED(M#{100000000000000000000 := y, 1.0e30 := z, 5 := x}),
    ?NAMED(M#{new => 1, zoo := 2, bar := 3}),
    ?NAMED(M#{zoo := 2, bar := 3, zoo => 1}),
    ?NAMED(M#{(id(zoo)) := 2, bar := 3}),
    ?NAMED(M#{zoo := 2, (id(bar)) := 3, foo := 4}),
    ?NAMED(maps:size(M#{a := 9, 7 := 8, "s" := 7})).

named(Fun) ->
    try Fun() of
        N when is_integer(N) -> N;
        _ -> updated
    catch error:Reason -> Reason
    end.

id(X) -> X.
