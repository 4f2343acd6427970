%% SPDX-License-Identifier: Apache-2.0
%% Bytes, binaries and lists of them: to binaries, sizes, vectors, lists.
-module(iodata).
-export([main/0]).

main() ->
    Bad = [x, 1, [256], [-1], [[1 | 2]], [<<1>> | <<1:1>>], [a], [1.0], <<1:1>>, [<<2:3>>, 1], [[] | a], [1 bsl 70]],
    Good = [[], <<>>, [<<>>], [1, [2 | <<3>>]], [[[[1]], 2], [[]], <<"abc">> | <<"d">>], <<"x">>,
            [binary:copy(<<"ab">>, 100), $c, [binary:copy(<<"d">>, 70)]]],
    [show(fun() -> F(id(X)) end)
     || F <- [fun iolist_to_binary/1, fun iolist_size/1, fun list_to_binary/1, fun list_to_bitstring/1,
              fun binary:list_to_bin/1, fun erlang:iolist_to_iovec/1],
        X <- Bad ++ Good],
    show(fun() -> list_to_bitstring(id([1, <<1:3>>, 2 | <<1:2>>])) end),
    show(fun() -> [byte_size(B) || B <- erlang:iolist_to_iovec(
        [1, 2, <<"abc">>, [<<1:100/unit:8>>, 3], <<1:300/unit:8>>, 4, <<2:300/unit:8>> | <<1:65/unit:8>>])] end),
    show(fun() -> [byte_size(B) || B <- erlang:iolist_to_iovec(
        [<<1:255/unit:8>>, <<1:256/unit:8>>, <<1:256/unit:8>>, <<1:10/unit:8>>, <<1:600/unit:8>>])] end),
    show(fun() -> [byte_size(B) || B <- erlang:iolist_to_iovec(lists:duplicate(200, <<1:100/unit:8>>))] end),
    [show(fun() -> binary_to_list(id(B)) end) || B <- [<<>>, <<1, 2>>, <<1:3>>, a]],
    [show(fun() -> bitstring_to_list(id(B)) end) || B <- [<<>>, <<1, 2>>, <<1, 2, 1:3>>, a]],
    [show(fun() -> binary_to_list(id(B), id(F), id(T)) end)
     || {B, F, T} <- [{<<1, 2, 3>>, 1, 3}, {<<1, 2, 3>>, 2, 2}, {<<1, 2, 3>>, 3, 2}, {<<1, 2, 3>>, 0, 2},
                      {<<1, 2, 3>>, 1, 4}, {<<1, 2, 3, 1:1>>, 1, 3}, {<<>>, 1, 1}, {a, 1, 1}, {<<1>>, a, 1}]],
    [show(fun() -> split_binary(id(B), id(N)) end)
     || {B, N} <- [{<<1, 2, 3>>, 1}, {<<1, 2, 3>>, 3}, {<<1, 2, 3>>, 4}, {<<1, 2, 3>>, -1}, {<<1, 2, 3, 1:1>>, 1},
                   {a, 1}, {<<1>>, a}]],
    <<_:3, Shifted/bitstring>> = <<0:3, "shifted by three bits">>,
    show(fun() -> {binary_to_list(Shifted), iolist_to_binary([Shifted, $!]), split_binary(Shifted, 7)} end).

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
