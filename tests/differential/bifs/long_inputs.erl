%% SPDX-License-Identifier: Apache-2.0
%% Inputs that take more than one slice give the same as short ones, and the same errors.
%% skip-stress: collecting at each of some million reservations takes hours
-module(long_inputs).
-export([main/0]).

main() ->
    N = 200000,
    L = lists:seq(1, N),
    Self = self(),
    %% Something else runs meanwhile.
    Ticker = spawn(fun() -> tick(Self) end),
    show(fun() -> R = lists:reverse(L, [end_]), {hd(R), lists:nth(N, R), lists:last(R)} end),
    show(fun() -> {lists:member(N, L), lists:member(a, L), lists:member({1}, L)} end),
    show(fun() -> lists:keyfind(N, 1, [{I} || I <- L]) end),
    show(fun() -> length(L ++ L) end),
    show(fun() -> L -- lists:seq(2, N) end),
    show(fun() -> length(L -- lists:seq(1, N, 2)) end),
    Bytes = [I band 255 || I <- L],
    Bin = list_to_binary(Bytes),
    show(fun() -> {byte_size(Bin), erlang:crc32(Bin), binary_to_list(Bin) =:= Bytes, iolist_size([Bytes, Bin, Bytes])} end),
    Nested = lists:foldl(fun(I, Acc) -> [Acc, I band 255] end, [], L),
    show(fun() -> iolist_to_binary(Nested) =:= Bin end),
    Deep = lists:foldl(fun(I, Acc) -> [I band 127 | [Acc]] end, [], L),
    show(fun() -> {byte_size(iolist_to_binary(Deep)), length(unicode:characters_to_list(Deep))} end),
    Text = unicode:characters_to_binary([[I rem 2000 + 32] || I <- L]),
    show(fun() -> {byte_size(Text), erlang:md5(Text), length(unicode:characters_to_list(Text)),
                   unicode:characters_to_binary(unicode:characters_to_list(Text)) =:= Text} end),
    show(fun() -> {error, Good, Rest} = unicode:characters_to_binary([Text, [Text, 16#D800, $x], $y]), {byte_size(Good), Rest} end),
    show(fun() -> {error, Good, Rest} = unicode:characters_to_binary(<<Text/binary, 255, "tail">>), {byte_size(Good), Rest} end),
    show(fun() -> {incomplete, Good, Rest} = unicode:characters_to_binary([Text, <<195>>]), {byte_size(Good), Rest} end),
    show(fun() -> {length(binary:matches(Bin, <<7>>)), length(binary:matches(Bin, [<<7, 8>>, <<200>>])), binary:match(Bin, <<255, 0, 2>>),
                   length(binary:split(Bin, <<0>>, [global]))} end),
    show(fun() -> M = maps:from_list([{I, -I} || I <- L]), {map_size(M), maps:get(777, M)} end),
    %% What is wrong is far away: the arguments in the trace are those of the call.
    [begin
         {C, E, {M, F, A, _}} = try G(), none catch C0:E0:T0 -> {C0, E0, hd(T0)} end,
         show(fun() -> {C, E, M, F, [shape(X) || X <- A]} end)
     end || G <- [fun() -> id(L ++ x) ++ [] end, fun() -> iolist_to_binary(id([Bytes, a])) end,
                  fun() -> iolist_size(id([Bytes | 1])) end, fun() -> list_to_binary(id([Bytes, 256])) end,
                  fun() -> list_to_bitstring(id([Bytes, -1])) end,
                  fun() -> unicode:characters_to_binary(id([Text, L, a]), utf8) end]],
    %% (OTP shows how far it came for these.)
    [show(fun() -> try G(), none catch C:E -> {C, E} end end)
     || G <- [fun() -> lists:reverse(id(L ++ x), []) end, fun() -> lists:member(0, id(L ++ x)) end,
              fun() -> lists:keyfind(0, 1, id(L ++ x)) end, fun() -> erlang:md5(id([Bytes, a])) end,
              fun() -> erlang:crc32(1, id([Bin, Bytes, a])) end]],
    Ticker ! stop,
    show(fun() -> receive {ticks, T} -> T > 0 end end).

    %% A long argument by what it is.
    shape(L) when is_list(L) -> {list, first(L)};
    shape(B) when is_binary(B) -> {binary, byte_size(B)};
    shape(X) -> X.

    first([X | _]) when is_integer(X); is_tuple(X) -> X;
    first([X | _]) when is_list(X) -> {list, first(X)};
    first([X | _]) when is_binary(X) -> {binary, byte_size(X)};
    first([]) -> none.

    tick(To) -> tick(To, 0).
    tick(To, N) ->
        receive stop -> To ! {ticks, N}
        after 0 -> erlang:yield(), tick(To, N + 1)
        end.

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
