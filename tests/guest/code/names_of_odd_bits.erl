%% SPDX-License-Identifier: Apache-2.0
%% Names of files whose bits are no whole bytes, or begin in the middle of one (stock Erlang ends
%% with a segmentation fault): no file has such a name.
%%
%% expect: [{error,eacces},{error,eacces},{error,eacces}]
%% expect: [{error,badarg},{error,badarg},{error,badarg}]
%% expect: [{error,eacces},{error,eacces},{error,eacces}]
-module(names_of_odd_bits).
-export([main/0]).

main() ->
    <<_:3, Odd/bitstring>> = binary:copy(<<"abcdefg">>, 20),
    Names = [<<1:3>>, <<5, 1:3>>, Odd],
    io:format("~p~n", [[prim_file:read_file(N) || N <- Names]]),
    io:format("~p~n", [[native2name(N) || N <- Names]]),
    io:format("~p~n", [[prim_file:open(N, [read]) || N <- Names]]).

native2name(Name) ->
    try prim_file:internal_native2name(Name) catch Class:Reason -> {Class, Reason} end.
