%% SPDX-License-Identifier: Apache-2.0
%% Bit strings that do not fit the sandbox are refused as system_limit, and those that
%% are garbage make room for others.
%% args: --memory 100M
%% expect: {error,system_limit}
%% expect: {error,system_limit}
%% expect: {error,system_limit}
%% expect: {error,system_limit}
%% expect: {error,system_limit}
%% expect: {error,system_limit}
%% expect: {error,system_limit}
%% expect: ok
%% expect: 1000001
-module(sizes_beyond_memory).
-export([main/0, id/1]).

id(X) -> X.

show(F) -> io:format("~p~n", [try F() catch C:R -> {C, R} end]).

main() ->
    show(fun() -> <<0:(id(1 bsl 50))>> end),
    show(fun() -> <<0:(id(1 bsl 58))>> end),
    show(fun() -> <<0:(id(1 bsl 34))>> end),
    show(fun() -> <<(id(<<>>))/binary, 0:(id(1 bsl 40))>> end),
    show(fun() -> <<0:(id(1 bsl 33)), (id(1)):(id(1 bsl 33))>> end),
    show(fun() -> double(<<1, 2, 3, 4, 5, 6, 7, 8>>) end),
    show(fun() -> grow(<<>>) end),
    show(fun() -> discard(500) end),
    show(fun() -> replace(<<>>, 500) end).

double(B) -> double(<<B/binary, B/binary>>).

grow(B) -> grow(<<B/binary, 0:80000>>).

discard(0) -> ok;
discard(N) ->
    <<_:8>> = binary:part(<<0:(id(8000000))>>, 0, 1),
    discard(N - 1).

replace(B, 0) -> byte_size(B);
replace(_, N) -> replace(<<(id(N)):8000000, 1:8>>, N - 1).
