% SPDX-License-Identifier: Apache-2.0
%% The size that a fun has in its encoding counts binaries that term_to_iovec leaves out of it.
-module(iovec_of_funs).
-export([main/0]).

main() ->
    Large = binary:copy(<<"a">>, 100),
    Part = binary:part(binary:copy(<<"0123456789">>, 40), 3, 200),
    <<Bits:801/bitstring, _/bitstring>> = binary:copy(<<"z">>, 120),
    Inner = fun() -> {Large, Bits} end,
    [try_one(T) || T <- [fun() -> Large end, fun() -> {Part, Large} end, fun() -> Bits end,
                         fun() -> {Inner, Part} end, {Inner, [Large, Inner]}, #{Large => Inner}]],
    ok.

try_one(T) ->
    Vector = erlang:term_to_iovec(T),
    Whole = iolist_to_binary(Vector),
    io:format("~p ~p ~p ~p~n", [[byte_size(B) || B <- Vector, byte_size(B) > 64] =/= [],
                                Whole =:= term_to_binary(T), byte_size(Whole) =:= erlang:external_size(T),
                                is_same(T, binary_to_term(Whole))]).

is_same(T, Back) -> T =:= Back.
