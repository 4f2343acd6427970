%% SPDX-License-Identifier: Apache-2.0
%% binary: matches, split, replace, encode.
-module(binary_module).
-export([main/0]).

main() ->
    B = <<"abracadabra">>,
    io:format("~p~n", [[binary:match(B, <<"bra">>), binary:match(B, [<<"cad">>, <<"ra">>]), binary:match(B, <<"z">>), binary:match(B, <<"a">>, [{scope, {1, 5}}])]]),
    io:format("~p~n", [[binary:matches(B, <<"a">>), binary:matches(B, [<<"ab">>, <<"abr">>]), binary:matches(B, <<"zz">>)]]),
    io:format("~p~n", [[binary:split(B, <<"a">>), binary:split(B, <<"a">>, [global]), binary:split(B, <<"a">>, [global, trim]), binary:split(B, <<"a">>, [global, trim_all])]]),
    io:format("~p~n", [[binary:replace(B, <<"a">>, <<"X">>), binary:replace(B, <<"a">>, <<"[]">>, [global, {insert_replaced, 1}]), binary:replace(B, <<"b">>, <<>>, [global])]]),
    io:format("~p~n", [[binary:part(B, 2, 3), binary:part(B, {11, -3}), binary:at(B, 0), binary:first(B), binary:last(B), binary:copy(<<"ab">>, 3)]]),
    io:format("~p~n", [[binary:bin_to_list(B, 1, 3), binary:list_to_bin([1, "a"]), binary:longest_common_prefix([<<"abc">>, <<"abd">>]), binary:longest_common_suffix([<<"xbc">>, <<"ybc">>])]]),
    io:format("~p~n", [[binary:encode_unsigned(256), binary:encode_unsigned(1, little), binary:decode_unsigned(<<1, 0>>), binary:decode_unsigned(<<1, 0>>, little), binary:encode_hex(<<"aZ", 255>>), binary:decode_hex(<<"0Aff">>)]]),
    P = binary:compile_pattern([<<"ra">>, <<"ab">>]),
    io:format("~p~n", [binary:matches(B, P)]),
    io:format("~p~n", [[binary:referenced_byte_size(binary:part(B, 0, 3)) > 0]]),
    io:format("~p~n", [[r(t(F)) || F <- [fun() -> binary:match(B, <<>>) end, fun() -> binary:match(B, []) end, fun() -> binary:part(B, 10, 5) end, fun() -> binary:at(B, 11) end,
        fun() -> binary:first(<<>>) end, fun() -> binary:copy(B, -1) end, fun() -> binary:decode_hex(<<"0">>) end, fun() -> binary:split(B, a) end, fun() -> binary:match(<<1:1>>, <<"a">>) end]]]).

r({ok, V}) -> V;
r({_, R}) -> R.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
