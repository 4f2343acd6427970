%% SPDX-License-Identifier: Apache-2.0
%% The rest of the module binary: parts, bytes, copies, integers.
-module(binary_parts).
-export([main/0]).

main() ->
    Bins = [<<"abc">>, <<>>, <<1:1>>, a],
    [show(fun() -> binary:part(id(B), id(P), id(L)) end)
     || B <- Bins, {P, L} <- [{1, 2}, {3, -3}, {3, 0}, {4, 0}, {0, 4}, {-1, 1}, {1, -2}, {a, 1}, {1 bsl 70, 0}]],
    [show(fun() -> {binary:part(id(B), id(P)), binary_part(B, P)} end)
     || B <- Bins, P <- [{1, 2}, {3, 1}, a, {1}, {1, 2, 3}]],
    %% A bitstring has the parts of its whole bytes.
    [show(fun() -> {binary:part(id(B), S, L), binary_part(B, {S, L}), binary_part(B, S, L)} end)
     || B <- [<<0, 1:1>>, <<1:1>>, <<1, 2, 3:2>>, <<1, 2, 0:7>>], {S, L} <- [{0, 1}, {1, -1}, {0, 0}, {0, 2}, {1, 1}, {2, 0}, {2, 1}, {1, 2}]],
    [show(fun() -> [if binary_part(B, S, L) =:= <<1>> -> three; true -> no end,
                    if binary_part(B, {S, L}) =:= <<1>> -> two; true -> no end] end)
     || B <- [id(<<1, 1:1>>), id(<<1:1>>), id(<<1>>)], {S, L} <- [{0, 1}, {1, -1}, {0, 2}]],
    [show(fun() -> F(id(B)) end)
     || F <- [fun binary:first/1, fun binary:last/1, fun binary:copy/1, fun binary:referenced_byte_size/1], B <- Bins],
    [show(fun() -> binary:at(id(B), id(I)) end) || B <- Bins, I <- [0, 2, 3, -1, a, 1 bsl 70]],
    [show(fun() -> binary:copy(id(B), id(N)) end) || B <- Bins, N <- [0, 1, 3, -1, a]],
    show(fun() -> binary:copy(<<>>, id(1 bsl 62)) end),
    show(fun() -> binary:copy(<<>>, id(1 bsl 70)) end),
    Lists = [[<<"abc">>, <<"abd">>], [<<"abc">>], [], [<<"abc">>, a], [<<"abc">>, <<"bbc">>], [<<"a">>, <<>>],
             [<<"abc">>, <<"xabc">>, <<"bc">>], [<<"abc">> | x], a],
    [show(fun() -> {binary:longest_common_prefix(id(L)), binary:longest_common_suffix(L)} end) || L <- Lists],
    [show(fun() -> {binary:decode_unsigned(id(B)), binary:decode_unsigned(B, big), binary:decode_unsigned(B, little)} end)
     || B <- [<<1, 2, 3>>, <<>>, <<0:96, 1>>, <<1, 2, 3, 0:88>>, <<-1:64>>, <<-1:72>>, <<1:1>>, a, <<16#0800000000000000:64>>,
              <<16#07ffffffffffffff:64>>]],
    show(fun() -> binary:decode_unsigned(<<1>>, id(foo)) end),
    [show(fun() -> {binary:encode_unsigned(id(N)), binary:encode_unsigned(N, big), binary:encode_unsigned(N, little)} end)
     || N <- [0, 1, 255, 256, 1 bsl 59, 1 bsl 63, 1 bsl 64, 1 bsl 70, -1, -(1 bsl 70), a, 1.0]],
    show(fun() -> binary:encode_unsigned(1, id(foo)) end),
    Big = id(<<1:801>>),
    show(fun() -> [binary:referenced_byte_size(X) || X <- [<<1:800>>, binary:part(<<1:800>>, 1, 80), Big]] end).

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
