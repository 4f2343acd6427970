%% SPDX-License-Identifier: Apache-2.0
%% The module zlib: one call for all, streams in pieces, dictionaries, parameters, errors.
-module(streams).
-export([main/0]).

main() ->
    Text = iolist_to_binary(lists:duplicate(500, "the quick brown fox ")),
    Random = << <<((X * 7919 + X * X * 31) rem 251)>> || X <- lists:seq(1, 30000) >>,
    [p(fun() -> {byte_size(zlib:compress(D)), zlib:uncompress(zlib:compress(D)) =:= D,
                 zlib:unzip(zlib:zip(D)) =:= D, zlib:gunzip(zlib:gzip(D)) =:= D} end)
     || D <- [<<>>, <<"a">>, Text, Random, [Text, "x", [Random | <<"tail">>]]], is_binary(D)],
    p(fun() -> zlib:uncompress(zlib:compress([Text, "x", [<<1, 2>> | <<"tail">>]])) =:=
                   <<Text/binary, "x", 1, 2, "tail">> end),
    p(fun() -> {zlib:compress(<<"abc">>), zlib:zip("abc"), byte_size(zlib:gzip("abc"))} end),
    p(fun() -> pieces(Text, 97, default) end),
    p(fun() -> pieces(Random, 4096, best_speed) end),
    p(fun() -> pieces(Random, 1, none) end),
    p(fun() -> dictionary() end),
    p(fun() -> inflate_pieces(zlib:compress(Random), 1000) =:= Random end),
    p(fun() -> chunked(zlib:compress(Text)) end),
    p(fun() -> safe(zlib:compress(Random)) =:= Random end),
    p(fun() -> params(Text) end),
    p(fun() -> flush_modes() end),
    p(fun() -> after_end() end),
    p(fun() -> raw_crc() end),
    p(fun() -> bits() end),
    errors().

pieces(Data, Size, Level) ->
    Z = zlib:open(),
    ok = zlib:deflateInit(Z, Level),
    Out = feed(Z, Data, Size),
    ok = zlib:deflateEnd(Z),
    ok = zlib:close(Z),
    Bin = iolist_to_binary(Out),
    {byte_size(Bin), erlang:md5(Bin), zlib:uncompress(Bin) =:= Data}.

feed(Z, Data, Size) ->
    case Data of
        <<Part:Size/binary, Rest/binary>> -> [zlib:deflate(Z, Part) | feed(Z, Rest, Size)];
        _ -> [zlib:deflate(Z, Data, finish)]
    end.

inflate_pieces(Data, Size) ->
    Z = zlib:open(),
    ok = zlib:inflateInit(Z),
    Parts = [zlib:inflate(Z, P) || P <- split(Data, Size)],
    ok = zlib:inflateEnd(Z),
    zlib:close(Z),
    iolist_to_binary(Parts).

split(Data, Size) when byte_size(Data) > Size ->
    <<P:Size/binary, Rest/binary>> = Data,
    [P | split(Rest, Size)];
split(Data, _) -> [Data].

dictionary() ->
    Z = zlib:open(),
    ok = zlib:deflateInit(Z),
    Adler = zlib:deflateSetDictionary(Z, ["hello", <<" world">>]),
    Bin = iolist_to_binary(zlib:deflate(Z, <<"hello world hello world">>, finish)),
    zlib:deflateEnd(Z),
    zlib:close(Z),
    I = zlib:open(),
    ok = zlib:inflateInit(I),
    R1 = (catch zlib:inflate(I, Bin)),
    ok = zlib:inflateSetDictionary(I, <<"hello world">>),
    R2 = zlib:inflate(I, []),
    D = zlib:inflateGetDictionary(I),
    ok = zlib:inflateEnd(I),
    ok = zlib:inflateInit(I),
    {need_dictionary, A2, _} = zlib:inflate(I, Bin, [{exception_on_need_dict, false}]),
    {Adler, element(1, element(2, R1)), iolist_to_binary(R2), iolist_to_binary(D), A2 =:= Adler}.

chunked(Data) ->
    Z = zlib:open(),
    zlib:inflateInit(Z),
    R = chunk_loop(Z, zlib:inflateChunk(Z, Data), []),
    zlib:setBufSize(Z, 300),
    {zlib:getBufSize(Z), R}.

chunk_loop(Z, {more, Out}, Acc) -> chunk_loop(Z, zlib:inflateChunk(Z), [iolist_size(Out) | Acc]);
chunk_loop(_, Out, Acc) -> lists:reverse([iolist_size(Out) | Acc]).

safe(Data) ->
    Z = zlib:open(),
    zlib:inflateInit(Z),
    safe_loop(Z, zlib:safeInflate(Z, Data), []).

safe_loop(Z, {continue, Out}, Acc) -> safe_loop(Z, zlib:safeInflate(Z, []), [Acc, Out]);
safe_loop(_, {finished, Out}, Acc) -> iolist_to_binary([Acc, Out]).

params(Text) ->
    Z = zlib:open(),
    ok = zlib:deflateInit(Z, best_speed),
    A = zlib:deflate(Z, Text),
    ok = zlib:deflateParams(Z, best_compression, huffman_only),
    B = zlib:deflate(Z, Text, finish),
    zlib:uncompress(iolist_to_binary([A, B])) =:= <<Text/binary, Text/binary>>.

flush_modes() ->
    Z = zlib:open(),
    ok = zlib:deflateInit(Z, default, deflated, -15, 8, default),
    A = [iolist_size(zlib:deflate(Z, "abcabcabc", F)) || F <- [none, sync, full, finish]],
    R = try zlib:deflate(Z, "x", finish) catch C:W -> {C, W} end,
    {A, R, zlib:deflateReset(Z), iolist_size(zlib:deflate(Z, "x", finish))}.

after_end() ->
    Two = <<(zlib:gzip("first"))/binary, (zlib:gzip("second"))/binary>>,
    [begin
         Z = zlib:open(),
         ok = zlib:inflateInit(Z, 31, B),
         R = (catch iolist_to_binary(zlib:inflate(Z, Two))),
         zlib:close(Z),
         case R of {'EXIT', {Why, _}} -> {B, Why}; _ -> {B, R} end
     end || B <- [cut, reset, error]].

raw_crc() ->
    Z = zlib:open(),
    ok = zlib:deflateInit(Z, default, deflated, -15, 8, default),
    Bin = iolist_to_binary(zlib:deflate(Z, "some text", finish)),
    C = zlib:crc32(Z),
    zlib:deflateEnd(Z),
    ok = zlib:inflateInit(Z, -15),
    T = iolist_to_binary(zlib:inflate(Z, Bin)),
    {C =:= erlang:crc32("some text"), T, zlib:crc32(Z) =:= C, zlib:inflateEnd(Z)}.

bits() ->
    <<_:3, Odd/bitstring>> = <<5, "unaligned bytes", 7:5>>,
    Part = binary_part(<<"abcdefgh">>, 2, 4),
    <<B:15/binary, _/bitstring>> = Odd,
    {zlib:uncompress(zlib:compress(B)) =:= B, zlib:uncompress(zlib:compress(Part))}.

errors() ->
    Z = zlib:open(),
    e(fun() -> zlib:deflate(Z, "x") end),
    e(fun() -> zlib:inflate(Z, "x") end),
    e(fun() -> zlib:crc32(Z) end),
    e(fun() -> zlib:deflateEnd(Z) end),
    e(fun() -> zlib:deflateInit(Z, 42) end),
    e(fun() -> zlib:deflateInit(Z, default, deflated, 99, 8, default) end),
    e(fun() -> zlib:inflateInit(Z, 15, foo) end),
    ok = zlib:inflateInit(Z),
    e(fun() -> zlib:inflateInit(Z) end),
    e(fun() -> zlib:inflate(Z, <<"not compressed at all">>) end),
    e(fun() -> zlib:inflateEnd(Z) end),
    e(fun() -> zlib:uncompress(<<"not compressed at all">>) end),
    e(fun() -> zlib:uncompress(<<"short">>) end),
    e(fun() -> zlib:uncompress(foo) end),
    e(fun() -> zlib:gunzip(<<"not compressed at all">>) end),
    e(fun() -> zlib:compress(foo) end),
    e(fun() -> zlib:compress([1000]) end),
    C = zlib:compress(lists:seq(1, 100)),
    e(fun() -> zlib:uncompress(binary_part(C, 0, byte_size(C) - 6)) end),
    e(fun() -> zlib:setBufSize(Z, 3) end),
    e(fun() -> zlib:close(make_ref()) end),
    e(fun() -> zlib:close(foo) end),
    Self = self(),
    spawn(fun() -> Self ! (catch zlib:getBufSize(Z)) end),
    receive {'EXIT', {R, _}} -> io:format("~p~n", [R]) end,
    P = spawn(fun() -> receive go -> Self ! {done, catch zlib:close(Z)} end end),
    ok = zlib:set_controlling_process(Z, P),
    P ! go,
    receive {done, D} -> io:format("~p~n", [D]) end,
    e(fun() -> zlib:close(Z) end).

p(F) -> io:format("~p~n", [F()]).

e(F) ->
    io:format("~p~n", [try F() catch C:R -> {C, R} end]).
