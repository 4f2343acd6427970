%% SPDX-License-Identifier: Apache-2.0
%% What OTP has in C for code that its ASN.1 compiler makes: BER between bytes and nested
%% {Tag, Value}, and the end of PER encoding. A tag is its class times 2^16 and its number.
-module(asn1rt_nif).
-export([encode_per_complete/1, decode_ber_tlv/1, encode_ber_tlv/1]).

%% ---- BER ----------------------------------------------------------------------------------
%% The first value and the bytes behind it. Errors say at which byte.
decode_ber_tlv(Data) ->
    Bytes = to_binary(Data),
    try tlv(Bytes, 0, byte_size(Bytes)) of
        {Value, At} -> {Value, binary:part(Bytes, At, byte_size(Bytes) - At)}
    catch
        throw:{?MODULE, Reason, At} -> exit({error, {asn1, {Reason, At}}})
    end.

to_binary(Data) -> iolist_to_binary(Data).

tlv(_Bytes, At, End) when At + 2 > End ->
    fault(invalid_value, At);
tlv(Bytes, At, End) ->
    {Tag, Form, AtLength} = tag(Bytes, At, End),
    AtLength < End orelse fault(invalid_tag, AtLength),
    {Value, Next} = value(Bytes, AtLength, End, Form),
    {{Tag, Value}, Next}.

tag(Bytes, At, End) ->
    case Bytes of
        <<_:At/binary, Class:2, Form:1, Number:5, _/binary>> when Number < 31 ->
            {(Class bsl 16) bor Number, Form, At + 1};
        _ when At + 3 > End ->
            fault(invalid_value, At);
        <<_:At/binary, Class:2, Form:1, _:5, 0:1, Number:7, _/binary>> ->
            {(Class bsl 16) bor Number, Form, At + 2};
        <<_:At/binary, Class:2, Form:1, _:5, 1:1, High:7, 0:1, Low:7, _/binary>> ->
            {(Class bsl 16) bor (High bsl 7) bor Low, Form, At + 3};
        _ ->
            fault(invalid_tag, At + 2)  % larger than 14 bits
    end.

value(Bytes, At, End, Form) ->
    case binary:at(Bytes, At) of
        16#80 when Form =:= 0; At + 2 >= End -> fault(invalid_length, At + 1);
        16#80 -> until_zeros(Bytes, At + 1, End, []);
        Length when Length < 16#80 -> definite(Bytes, At, End, Form, Length);
        More -> long_length(Bytes, At, End, Form, More band 16#7f)
    end.

long_length(_Bytes, At, End, _Form, Size) when Size > End - (At + 1) ->
    fault(invalid_length, At);
long_length(Bytes, At, End, Form, Size) ->
    <<_:At/binary, _, Digits:Size/binary, _/binary>> = Bytes,
    definite(Bytes, At + Size, End, Form, length_of(Digits, At + 1, 0)).

%% It is to fit in 32 bits.
length_of(<<_, _/binary>>, At, Length) when Length >= 1 bsl 24 -> fault(invalid_length, At);
length_of(<<Digit, Digits/binary>>, At, Length) -> length_of(Digits, At + 1, (Length bsl 8) bor Digit);
length_of(<<>>, _At, Length) -> Length.

%% At is the last byte of the length.
definite(_Bytes, At, End, _Form, Length) when Length > End - (At + 1) ->
    fault(invalid_value, At);
definite(Bytes, At, _End, 0, Length) ->
    {binary:part(Bytes, At + 1, Length), At + 1 + Length};
definite(Bytes, At, _End, 1, Length) ->
    until_end(Bytes, At + 1, At + 1 + Length, []).

until_end(Bytes, At, End, Acc) when At < End ->
    {Element, Next} = tlv(Bytes, At, End),
    until_end(Bytes, Next, End, [Element | Acc]);
until_end(_Bytes, At, _End, Acc) ->
    {lists:reverse(Acc), At}.

until_zeros(Bytes, At, End, Acc) ->
    case Bytes of
        _ when At + 1 >= End ->
            fault(invalid_length, At);
        <<_:At/binary, 0, 0, _/binary>> ->
            {lists:reverse(Acc), At + 2};
        _ ->
            {Element, Next} = tlv(Bytes, At, End),
            until_zeros(Bytes, Next, End, [Element | Acc])
    end.

-spec fault(atom(), non_neg_integer()) -> no_return().
fault(Reason, At) -> throw({?MODULE, Reason, At}).

encode_ber_tlv(Term) ->
    try encoded(Term) of
        {Bytes, _Size} -> iolist_to_binary(Bytes)
    catch
        throw:?MODULE -> {error, -1}
    end.

%% The bytes and their number.
encoded(Term) when tuple_size(Term) >= 2 ->
    {Form, Value, Size} = encoded_value(element(2, Term)),
    Length = encoded_length(Size),
    Tag = encoded_tag(element(1, Term), Form),
    {[Tag, Length | Value], byte_size(Tag) + byte_size(Length) + Size};
encoded(_) ->
    throw(?MODULE).

encoded_value(Value) when is_binary(Value) ->
    {0, Value, byte_size(Value)};
encoded_value(Values) when is_list(Values) ->
    {All, Size} = encoded_values(Values, [], 0),
    {16#20, All, Size};
encoded_value(_) ->
    throw(?MODULE).

encoded_values([Value | Values], Acc, Sum) ->
    {Bytes, Size} = encoded(Value),
    encoded_values(Values, [Acc | Bytes], Sum + Size);
encoded_values([], Acc, Sum) ->
    {Acc, Sum};
encoded_values(_, _, _) ->
    throw(?MODULE).

encoded_length(Size) when Size < 16#80 ->
    <<Size>>;
encoded_length(Size) ->
    Digits = binary:encode_unsigned(Size),
    <<1:1, (byte_size(Digits)):7, Digits/binary>>.

encoded_tag(Tag, Form) when is_integer(Tag), Tag >= 0, Tag < 1 bsl 32 ->
    First = Form bor ((Tag band 16#30000) bsr 10),
    case Tag band 16#ffff of
        Number when Number =< 30 -> <<(First bor Number)>>;
        Number -> <<(First bor 31), (base_128(Number bsr 7, <<(Number band 127)>>))/binary>>
    end;
encoded_tag(_, _) ->
    throw(?MODULE).

base_128(0, Acc) -> Acc;
base_128(Number, Acc) -> base_128(Number bsr 7, <<1:1, Number:7, Acc/binary>>).

%% ---- PER ------------------------------------------------------------------------------------
%% The encoder's bytes are orders for what is to be put in a row of bits, which is filled up to
%% whole bytes: single bits, a byte's end, some bits of a byte, whole bytes from the beginning of
%% one (20, 21), bytes but for some bits at their end (30, 31), a bit from each byte (40 to 43),
%% the first of the bits (45 to 47).
encode_per_complete(Orders) ->
    case to_binary(Orders) of
        <<>> ->
            <<>>;
        Bytes ->
            try aligned(orders(Bytes, <<>>)) of
                <<>> -> <<0>>;
                Done -> Done
            catch
                throw:?MODULE -> {error, $1}
            end
    end.

orders(<<>>, Acc) -> Acc;
orders(<<Bit, Rest/binary>>, Acc) when Bit =< 1 -> orders(Rest, <<Acc/bitstring, Bit:1>>);
orders(<<2, Rest/binary>>, Acc) -> orders(Rest, aligned(Acc));
orders(<<10, Bits, Value, Rest/binary>>, Acc) -> orders(Rest, <<Acc/bitstring, Value:Bits>>);
orders(<<20, N, Bytes:N/binary, Rest/binary>>, Acc) -> orders(Rest, <<(aligned(Acc))/binary, Bytes/binary>>);
orders(<<21, N:16, Bytes:N/binary, Rest/binary>>, Acc) -> orders(Rest, <<(aligned(Acc))/binary, Bytes/binary>>);
orders(<<30, Unused, N, Bytes:N/binary, Rest/binary>>, Acc) -> bits(Bytes, 8 * N - Unused, Rest, Acc);
orders(<<31, Unused, N:16, Bytes:N/binary, Rest/binary>>, Acc) -> bits(Bytes, 8 * N - Unused, Rest, Acc);
orders(<<40, Size, N, Flags:N/binary, Rest/binary>>, Acc) -> flags(Flags, Size, Rest, Acc);
orders(<<41, Size, N:16, Flags:N/binary, Rest/binary>>, Acc) -> flags(Flags, Size, Rest, Acc);
orders(<<42, Size:16, N, Flags:N/binary, Rest/binary>>, Acc) -> flags(Flags, Size, Rest, Acc);
orders(<<43, Size:16, N:16, Flags:N/binary, Rest/binary>>, Acc) -> flags(Flags, Size, Rest, Acc);
orders(<<45, Size, N, Bits:N/binary, Rest/binary>>, Acc) -> bits(Bits, Size, Rest, Acc);
orders(<<46, Size:16, N, Bits:N/binary, Rest/binary>>, Acc) -> bits(Bits, Size, Rest, Acc);
orders(<<47, Size:16, N:16, Bits:N/binary, Rest/binary>>, Acc) -> bits(Bits, Size, Rest, Acc);
orders(_, _) -> throw(?MODULE).

%% A bit in each byte.
flags(Flags, Size, Rest, Acc) ->
    Used = binary:part(Flags, 0, min(Size, byte_size(Flags))),
    lists:all(fun(Flag) -> Flag =< 1 end, binary_to_list(Used)) orelse throw(?MODULE),
    bits(<< <<Flag:1>> || <<Flag>> <= Used >>, Size, Rest, Acc).

%% The first bits of these, or these and zeros behind them.
bits(_Bits, Size, _Rest, _Acc) when Size < 0 ->
    throw(?MODULE);
bits(Bits, Size, Rest, Acc) when Size > bit_size(Bits) ->
    orders(Rest, <<Acc/bitstring, Bits/bitstring, 0:(Size - bit_size(Bits))>>);
bits(Bits, Size, Rest, Acc) ->
    <<Used:Size/bitstring, _/bitstring>> = Bits,
    orders(Rest, <<Acc/bitstring, Used/bitstring>>).

aligned(Bits) -> <<Bits/bitstring, 0:(-bit_size(Bits) band 7)>>.
