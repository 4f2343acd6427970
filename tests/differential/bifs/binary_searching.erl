%% SPDX-License-Identifier: Apache-2.0
%% binary:match, matches, split and compiled patterns.
-module(binary_searching).
-export([main/0]).

main() ->
    B = id(<<"abcabcab">>),
    [show(fun() -> {binary:match(B, id(P)), binary:matches(B, P), binary:split(B, P), binary:split(B, P, [global])} end)
     || P <- [<<>>, [], [<<>>], [<<"bc">>, <<"bca">>, <<"x">>], [<<"abcabcabd">>, <<"bca">>, <<"x">>],
              [<<"ab">>, <<"ab">>, <<"b">>], <<"abcabcab">>, <<"abcabcabc">>, <<"b">>, [<<"b">>], foo, {bm, make_ref},
              [<<"a">> | x], [a], <<1:1>>, [<<"cab">>, <<"abca">>]]],
    show(fun() -> binary:matches(<<"aaaaa">>, <<"aa">>) end),
    [show(fun() -> {binary:match(B, <<"a">>, id(O)), binary:matches(B, <<"a">>, O)} end)
     || O <- [[], [{scope, {1, 3}}], [{scope, {4, -3}}], [{scope, {4, -5}}], [{scope, {9, 0}}], [{scope, {8, 0}}],
              [{scope, {1, 8}}], [{scope, {1, 3}}, {scope, {0, 1}}], [foo], [global], foo, [{scope, 1}], [{scope, {a, 1}}],
              [{scope, {1, 3}} | x], [{scope, {1 bsl 70, 1}}]]],
    show(fun() -> binary:match(id(<<1:1>>), <<"a">>) end),
    show(fun() -> binary:match(<<>>, <<"a">>) end),
    %% Where there is nothing to search the pattern is not judged.
    [show(fun() -> {binary:match(id(S), P, O), binary:matches(S, P, O), binary:split(S, P, O)} end)
     || {S, O} <- [{<<>>, []}, {<<>>, [{scope, {0, 0}}]}, {B, [{scope, {0, 0}}]}, {B, [{scope, {1, -1}}]},
                   {B, [{scope, {1, 0}}]}, {<<>>, [x]}, {<<>>, [{scope, {1, 0}}]}],
        P <- [a, [], <<>>, [<<>>], [<<"a">> | b], {bm, x}]],
    show(fun() -> {binary:match(<<>>, a), binary:matches(<<>>, a), binary:split(<<>>, a)} end),
    show(fun() -> {binary:split(<<>>, a, [trim]), binary:split(<<>>, a, [trim_all, global])} end),
    Options = [[], [global], [trim], [trim_all], [global, trim], [global, trim_all], [foo], foo, [trim | trim]],
    [show(fun() -> binary:split(id(S), id(P), id(O)) end)
     || S <- [<<"abcabcab">>, <<"bab">>, <<"b">>, <<>>, <<"bb">>], P <- [<<"b">>, [<<"b">>, <<"c">>]], O <- Options],
    [show(fun() -> binary:split(<<"xbyb">>, [<<"b">>], id(O)) end)
     || O <- [[global, {scope, {0, 2}}], [global, trim, {scope, {2, 2}}], [{scope, {3, 5}}]]],
    {bm, R1} = BM = binary:compile_pattern(<<"ca">>),
    {ac, R2} = AC = binary:compile_pattern([<<"ca">>, <<"b">>]),
    show(fun() -> {is_reference(R1), is_reference(R2), element(1, binary:compile_pattern([<<"ab">>]))} end),
    show(fun() -> [{binary:match(B, P), binary:matches(B, P), binary:split(B, P, [global])} || P <- [BM, AC]] end),
    [show(fun() -> binary:compile_pattern(id(P)) end) || P <- [a, [], <<>>, [<<>>], [<<"a">>, a], [<<"a">> | b]]],
    show(fun() -> element(1, element(2, end1(B))) end),
    <<_:5, S5/bitstring>> = <<0:5, "find the needle in here">>,
    show(fun() -> {binary:match(S5, <<"needle">>), binary:split(S5, <<" ">>, [global])} end),
    %% All positions against a plain search.
    Alphabet = [[X, Y, Z, V] || X <- "ab", Y <- "ab", Z <- "ab", V <- "ab"],
    Text = list_to_binary(Alphabet),
    show(fun() -> lists:all(fun(P) -> binary:matches(Text, list_to_binary(P)) =:= plain(Text, list_to_binary(P), 0) end,
                            Alphabet ++ ["aa", "bb", "aba", "bab", "aaaaa"]) end),
    show(fun() -> binary:matches(Text, [<<"aab">>, <<"ab">>, <<"abab">>, <<"bb">>]) end).

    %% A reference of one kind under the tag of the other.
    end1(B) ->
        {bm, R} = binary:compile_pattern(<<"x">>),
        catch binary:match(B, {ac, R}).

    plain(T, P, At) when At + byte_size(P) =< byte_size(T) ->
        Size = byte_size(P),
        case T of
            <<_:At/binary, P:Size/binary, _/binary>> -> [{At, Size} | plain(T, P, At + Size)];
            _ -> plain(T, P, At + 1)
        end;
    plain(_, _, _) -> [].

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
