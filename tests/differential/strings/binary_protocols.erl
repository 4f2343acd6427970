%% SPDX-License-Identifier: Apache-2.0
%% Framing, checksums, TLV, varints, base conversion, bit fields of IP and UTF-8 by hand.
-module(binary_protocols).
-export([main/0]).

main() ->
    P = ip({10, 0, 0, 1}, {192, 168, 1, 77}, 64, 17, <<"payload">>),
    io:format("~p~n", [P]),
    io:format("~p~n", [parse_ip(P)]),
    io:format("~p~n", [[varint(N) || N <- [0, 1, 127, 128, 300, 1 bsl 40]]]),
    io:format("~p~n", [[element(1, unvarint(varint(N))) =:= N || N <- [0, 1, 127, 128, 300, 1 bsl 40]]]),
    T = tlv([{1, <<"abc">>}, {2, <<>>}, {200, binary:copy(<<9>>, 300)}]),
    io:format("~p~n", [[{K, byte_size(V)} || {K, V} <- untlv(T)]]),
    io:format("~p~n", [frames(<<3:16, "abc", 0:16, 5:16, "hel">>)]),
    io:format("~p~n", [utf8(<<"aé日😀"/utf8>>)]),
    io:format("~s~n", [hexdump(<<"0123456789abcdef", 0, 255, "zz">>)]),
    io:format("~p~n", [bits(<<2#10110011, 2#01:2>>)]),
    io:format("~p~n", [gray(4)]).

ip({A, B, C, D}, {E, F, G, H}, Ttl, Proto, Data) ->
    Len = 20 + byte_size(Data),
    H0 = <<4:4, 5:4, 0, Len:16, 0:16, 2:3, 0:13, Ttl, Proto, 0:16, A, B, C, D, E, F, G, H>>,
    Sum = checksum(H0),
    <<X:10/binary, _:16, Y/binary>> = H0,
    <<X/binary, Sum:16, Y/binary, Data/binary>>.
checksum(B) -> S = lists:sum([W || <<W:16>> <= B]), bnot ((S band 16#ffff) + (S bsr 16)) band 16#ffff.
parse_ip(<<4:4, Hl:4, _Tos, Len:16, _Id:16, Flags:3, Off:13, Ttl, Proto, Sum:16, Src:4/binary, Dst:32, R/binary>> = P) ->
    Opt = Hl * 4 - 20,
    <<_:Opt/binary, Data:(Len - Hl * 4)/binary>> = R,
    {Flags, Off, Ttl, Proto, Sum, Src, Dst, Data, checksum(binary:part(P, 0, 20))}.
varint(N) when N < 128 -> <<N>>;
varint(N) -> <<1:1, (N band 127):7, (varint(N bsr 7))/binary>>.
unvarint(B) -> unvarint(B, 0, 0).
unvarint(<<1:1, X:7, R/binary>>, S, A) -> unvarint(R, S + 7, A bor (X bsl S));
unvarint(<<0:1, X:7, R/binary>>, S, A) -> {A bor (X bsl S), R}.
tlv(L) -> << <<K, (varint(byte_size(V)))/binary, V/binary>> || {K, V} <- L >>.
untlv(<<>>) -> [];
untlv(<<K, R/binary>>) -> {N, R1} = unvarint(R), <<V:N/binary, R2/binary>> = R1, [{K, V} | untlv(R2)].
frames(<<N:16, F:N/binary, R/binary>>) -> [F | frames(R)];
frames(R) -> {incomplete, R}.
utf8(<<0:1, C:7, R/binary>>) -> [C | utf8(R)];
utf8(<<6:3, A:5, 2:2, B:6, R/binary>>) -> [(A bsl 6) bor B | utf8(R)];
utf8(<<14:4, A:4, 2:2, B:6, 2:2, C:6, R/binary>>) -> <<X:16>> = <<A:4, B:6, C:6>>, [X | utf8(R)];
utf8(<<30:5, A:3, 2:2, B:6, 2:2, C:6, 2:2, D:6, R/binary>>) -> <<X:21>> = <<A:3, B:6, C:6, D:6>>, [X | utf8(R)];
utf8(<<>>) -> [].
hexdump(<<L:8/binary, R/binary>>) -> [line(L), "\n" | hexdump(R)];
hexdump(L) -> line(L).
line(L) -> [[io_lib:format("~2.16.0b ", [X]) || <<X>> <= L], [if X >= 32, X < 127 -> X; true -> $. end || <<X>> <= L]].
bits(B) -> [X || <<X:1>> <= B].
gray(0) -> [<<>>];
gray(N) -> G = gray(N - 1), [<<0:1, X/bits>> || X <- G] ++ [<<1:1, X/bits>> || X <- lists:reverse(G)].
