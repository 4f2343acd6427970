%% SPDX-License-Identifier: Apache-2.0
%% The runtime of code that OTP's ASN.1 compiler makes: BER both ways, also of damaged bytes, the
%% end of PER encoding, and keys and certificates with public_key.
-module(asn1_runtime).
-export([main/0]).

main() ->
    io:setopts([{encoding, unicode}]),
    rand:seed(exsss, {1, 2, 3}),
    Values = [value(4) || _ <- lists:seq(1, 60)],
    Encoded = [asn1rt_nif:encode_ber_tlv(V) || V <- Values],
    show([erlang:phash2(E) || E <- Encoded]),
    show([asn1rt_nif:decode_ber_tlv(E) || E <- Encoded] =:= [{V, <<>>} || V <- Values]),
    show([decoded(damaged(E)) || E <- Encoded, byte_size(E) < 400, _ <- lists:seq(1, 6)]),
    show([decoded(E) || E <- [<<>>, <<2>>, <<2, 0>>, <<2, 1>>, <<48, 128, 0, 0>>, <<48, 128, 2, 1, 5, 0, 0, 9>>, <<48, 128, 2, 1, 5, 0>>,
                              <<48, 128, 2, 1, 5>>, <<48, 128>>, <<48, 128, 0>>, <<2, 128, 0, 0>>, <<2, 129, 1, 7>>, <<2, 130, 0, 1, 7>>, <<2, 132, 0, 0, 0, 1, 7>>,
                              <<2, 133, 0, 0, 0, 0, 1, 7>>, <<2, 133, 1, 0, 0, 0, 1, 7>>, <<2, 255>>, <<31, 31, 0>>, <<31, 31, 1>>, <<31, 31, 1, 2>>, <<31, 129, 0, 1, 2>>,
                              <<31, 129, 129, 0, 1, 2>>, <<191, 129, 1, 2, 5, 0>>, <<31, 129, 1>>, [<<2>>, [1, 7 | <<8>>]], <<48, 3, 2, 1>>, <<48, 2, 2, 1>>,
                              <<48, 3, 2, 2, 1>>, <<48, 3, 2, 1, 1, 1>>]]),
    show([decoded(E) || E <- [a, <<1:3>>, [256], {}]]),
    show([outcome(fun() -> asn1rt_nif:encode_ber_tlv(T) end)
          || T <- [{2, <<>>}, {2, []}, {30, <<1>>}, {31, <<1>>}, {127, <<1>>}, {128, <<1>>}, {16383, <<1>>}, {16384, <<1>>}, {65535, <<1>>}, {16#30000 + 5, [{1, <<2>>}]},
                   {16#20000 + 200, []}, {-1, <<>>}, {a, <<>>}, a, {1, a}, {1, <<1:1>>}, {1, [a]}, {1, [{1, <<>>} | x]}, {1, <<>>, more}, {1 bsl 32, <<>>},
                   {4, binary:copy(<<7>>, 127)}, {4, binary:copy(<<7>>, 128)}, {4, binary:copy(<<7>>, 256)}, {4, binary:copy(<<7>>, 70000)},
                   {16, [{4, binary:copy(<<7>>, 200)} || _ <- lists:seq(1, 5)]}] , is_tuple(T) orelse T =:= a]),
    show([outcome(fun() -> asn1rt_nif:encode_per_complete(L) end)
          || L <- [[], <<>>, [0], [1], [2], [1, 0, 1], [1, 2, 1], [[1], [0, 1, 1], <<1, 1>>, 1, 1, 1], [10, 3, 5], [1, 10, 8, 255], [10, 8, 255, 1], [20, 2, 1, 2],
                   [1, 20, 2, 1, 2], [1, 21, 0, 2, 1, 2, 1], [30, 3, 2, 255, 248], [1, 30, 3, 1, 248, 1], [1, 31, 4, 0, 2, 1, 240], [40, 4, 4, 1, 0, 1, 1], [1, 40, 9, 2, 1, 1],
                   [40, 1, 3, 1, 0, 0], [41, 3, 0, 3, 1, 0, 1], [42, 0, 3, 3, 1, 1, 1], [43, 0, 3, 0, 3, 1, 1, 1], [45, 12, 2, 171, 192], [1, 45, 16, 2, 171, 205],
                   [1, 46, 0, 20, 2, 171, 205], [1, 47, 0, 20, 0, 2, 171, 205, 1], [3], [40, 2, 2, 1, 7], [20, 5, 1]]]),
    keys().

keys() ->
    Key = {'RSAPublicKey', 16#d1ce5f7a1b2c3d4e5f60718293a4b5c6d7e8f9, 65537},
    Der = public_key:der_encode('RSAPublicKey', Key),
    show(Der),
    show(public_key:der_decode('RSAPublicKey', Der) =:= Key),
    Entry = public_key:pem_entry_encode('SubjectPublicKeyInfo', Key),
    Pem = public_key:pem_encode([Entry]),
    show(Pem),
    show([public_key:pem_entry_decode(E) || E <- public_key:pem_decode(Pem)] =:= [Key]),
    Name = {rdnSequence, [[{'AttributeTypeAndValue', {2, 5, 4, 6}, "SE"}], [{'AttributeTypeAndValue', {2, 5, 4, 3}, {utf8String, <<"A name"/utf8>>}}]]},
    Algorithm = {'SignatureAlgorithm', {1, 2, 840, 113549, 1, 1, 11}, 'NULL'},
    Info = {'OTPSubjectPublicKeyInfo', {'PublicKeyAlgorithm', {1, 2, 840, 113549, 1, 1, 1}, 'NULL'}, Key},
    Extensions = [{'Extension', {2, 5, 29, 19}, true, {'BasicConstraints', true, 3}}, {'Extension', {2, 5, 29, 17}, false, [{dNSName, "example.com"}]},
                  {'Extension', {2, 5, 29, 15}, true, [digitalSignature, keyCertSign]}],
    Tbs = {'OTPTBSCertificate', v3, 4711, Algorithm, Name, {'Validity', {utcTime, "230101000000Z"}, {generalTime, "20500101000000Z"}}, Name, Info,
           asn1_NOVALUE, asn1_NOVALUE, Extensions},
    Certificate = {'OTPCertificate', Tbs, Algorithm, <<1, 2, 3, 4>>},
    CertDer = public_key:pkix_encode('OTPCertificate', Certificate, otp),
    show({byte_size(CertDer), erlang:phash2(CertDer)}),
    show(public_key:pkix_decode_cert(CertDer, otp)),
    show(public_key:pkix_is_self_signed(CertDer)),
    show(public_key:pkix_subject_id(CertDer)),
    show(public_key:pkix_verify_hostname(CertDer, [{dns_id, "example.com"}])),
    show(public_key:pkix_verify_hostname(CertDer, [{dns_id, "other.com"}])),
    {error, {badmatch, {error, {asn1, {Fault, _}}}}} =
        outcome(fun() -> public_key:pkix_decode_cert(binary:part(CertDer, 0, 100), otp) end),
    show(Fault).

value(0) -> {tag(), rand:bytes(rand:uniform(20) - 1)};
value(Depth) ->
    case rand:uniform(3) of
        1 -> value(0);
        _ -> {tag(), [value(Depth - 1) || _ <- lists:seq(1, rand:uniform(4))]}
    end.

tag() -> (rand:uniform(4) - 1) bsl 16 bor element(rand:uniform(4), {rand:uniform(30), rand:uniform(30), rand:uniform(127), rand:uniform(16383)}).

damaged(Bytes) ->
    At = rand:uniform(byte_size(Bytes)) - 1,
    <<Before:At/binary, _, After/binary>> = Bytes,
    case rand:uniform(3) of
        1 -> Before;
        2 -> <<Before/binary, (element(rand:uniform(6), {0, 127, 128, 129, 255, rand:uniform(255)})), After/binary>>;
        3 -> <<Before/binary, After/binary>>
    end.

decoded(Bytes) -> outcome(fun() -> asn1rt_nif:decode_ber_tlv(Bytes) end).

outcome(F) ->
    try F()
    catch C:R -> {C, R}
    end.

show(Term) -> io:format("~p~n", [Term]).
