%% SPDX-License-Identifier: Apache-2.0
%% Encoders and decoders of OTP's protocol applications: SNMP, HTTP, SSH, TLS records.
-module(protocol_codecs).
-define(SNMP_USE_V3, true).
-include_lib("snmp/include/snmp_types.hrl").
-export([main/0]).

main() ->
    Bindings = [#varbind{oid = [1, 3, 6, 1, 2, 1, 1, N, 0], variabletype = Type, value = Value, org_index = N}
                || {N, Type, Value} <- lists:zip3(lists:seq(1, 9),
                       ['INTEGER', 'OCTET STRING', 'OBJECT IDENTIFIER', 'IpAddress', 'Counter32', 'TimeTicks', 'Counter64', 'Unsigned32', 'NULL'],
                       [-123456, "a string", [1, 3, 6, 1, 4, 1, 9999, 16#7fffffff], [127, 0, 0, 1], 4294967295, 100, 18446744073709551615, 7, 'NULL'])],
    [begin
         Pdu = #pdu{type = Type, request_id = 4711, error_status = noError, error_index = 0, varbinds = Bindings},
         Message = #message{version = 'version-2', vsn_hdr = "public", data = Pdu},
         Bytes = list_to_binary(snmp_pdus:enc_message(Message)),
         show({Type, byte_size(Bytes), erlang:phash2(Bytes)}),
         show(snmp_pdus:dec_message(binary_to_list(Bytes)))
     end || Type <- ['get-request', 'get-response', 'set-request', 'inform-request']],
    show(catch_error(fun() -> snmp_pdus:dec_message(binary_to_list(<<48, 3, 2, 1, 99>>)) end)),
    show(catch_error(fun() -> [snmp_misc:ip(X) || X <- ["127.0.0.1"]] end)),
    show(catch_error(fun() -> [snmp_pdus:enc_oct_str_tag(lists:duplicate(N, $a)) || N <- [0, 1, 127]] end)),
    show(catch_error(fun() -> [lists:flatlength(snmp_pdus:enc_value('OCTET STRING', lists:duplicate(N, $a))) || N <- [128, 255, 256, 70000]] end)),
    show(catch_error(fun() -> [uri_string:parse(U) || U <- ["http://user:pw@host:8080/a/b?q=1#frag", "http://[::1]/x", "a:b", "//h", "http://h/%zz", ""]] end)),
    show(catch_error(fun() -> [http_util:timeout(5000, erlang:monotonic_time(millisecond)) =< 5000, httpd_util:day(1), httpd_util:month(12),
          [httpd_util:reason_phrase(C) || C <- [200, 301, 404, 418, 500, 599]], httpd_util:split("a/b/c", "/", 2),
          httpd_util:split_path("/a/b;c?d=e"), httpd_util:hexlist_to_integer("ff"), httpd_util:integer_to_hexlist(255),
          httpd_util:encode_hex("a b"), httpd_util:decode_hex("a%20b%zz")] end)),
    show(catch_error(fun() -> [catch_error(fun() -> httpd_util:convert_request_date(D) end) || D <- ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "no"]] end)),
    show(catch_error(fun() -> http_chunk:decode(<<"4\r\nWiki\r\n6\r\npedia \r\n0\r\nX: y\r\n\r\nrest">>, 1000, 1000) end)),
    show(catch_error(fun() -> iolist_to_binary([http_chunk:encode(<<"hello">>), http_chunk:encode_last()]) end)),
    show(catch_error(fun() -> httpd_request:parse([<<"GET /a%20b?x=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello">>,
                              [{max_uri, 1000}, {max_header, 1000}, {max_version, 20}, {max_method, 20}, {max_content_length, 100}, {customize, httpd_custom}]]) end)),
    show(catch_error(fun() -> httpc_response:parse([<<"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nSet-Cookie: a=b; Path=/\r\n\r\nbody">>, 1000, false]) end)),
    show(catch_error(fun() -> httpc_cookie:cookies([{"set-cookie", "a=b; Path=/; Max-Age=0; Secure"}], "/x", "host.example.com") end)),
    show(catch_error(fun() -> [ssh_message:decode(ssh_message:encode(M))
          || M <- [{ssh_msg_disconnect, 2, <<"bye">>, <<"en">>}, {ssh_msg_ignore, <<1, 2, 3>>}, {ssh_msg_debug, true, <<"m">>, <<>>},
                   {ssh_msg_channel_data, 1, <<"data">>}, {ssh_msg_channel_window_adjust, 7, 1000}, {ssh_msg_unimplemented, 9}]] end)),
    show(catch_error(fun() -> [ssh_bits:mpint(N) || N <- [0, 1, -1, 127, 128, -128, -129, 1 bsl 64, -(1 bsl 64)]] end)),
    show(catch_error(fun() -> [ssl_cipher_format:suite_bin_to_map(<<19, 1>>), ssl_cipher_format:suite_map_to_openssl_str(ssl_cipher_format:suite_bin_to_map(<<192, 47>>)),
          catch ssl:str_to_suite("ECDHE-RSA-AES128-GCM-SHA256")] end)),
    show(catch_error(fun() -> [tls_record:protocol_version(V) || V <- ['tlsv1.2', {3, 3}, {3, 4}, 'tlsv1.3']] end)),
    show(catch_error(fun() -> tls_handshake:decode_handshake({3, 3}, 14, <<>>) end)).

show(Term) -> io:format("~p~n", [Term]).

catch_error(F) ->
    try F()
    catch C:R:Trace -> {C, R, element(1, hd(Trace)), element(2, hd(Trace))}
    end.
