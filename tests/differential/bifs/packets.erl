%% SPDX-License-Identifier: Apache-2.0
%% erlang:decode_packet/3: each type, option and line of HTTP.
-module(packets).
-export([main/0]).

main() ->
    Decode = fun(T, B, O) -> show(fun() -> erlang:decode_packet(T, B, O) end) end,
    [Decode(T, B, [])
     || T <- [raw, 0, 1, 2, 4, asn1, cdr, sunrm, fcgi, tpkt, line, http, httph, http_bin, httph_bin, ssl_tls, foo],
        B <- [<<>>, <<1>>, <<0, 1, 2>>, <<3, 1, 2, 3, 4>>, <<0, 0, 0, 2, 1, 2, 3>>, <<255, 255, 255, 255, 0>>,
              <<"GIOP", 1, 0, 0, 0, 0, 0, 0, 2, 1, 2, 3>>, <<"GIOP", 1, 0, 1, 0, 2, 0, 0, 0, 1, 2, 3>>,
              <<3, 0, 0, 7, 1, 2, 3, 4>>, <<1, 0, 0, 0, 0, 1, 1, 0, 9, 8, 7>>, <<48, 3, 1, 2, 3, 4>>,
              <<48, 129, 2, 1, 2, 3>>, <<31, 129, 2, 2, 1, 2, 3>>]],
    [Decode(line, B, O)
     || B <- [<<"abc">>, <<"abc\ndef">>, <<"abcdefgh\nx">>],
        O <- [[], [{line_length, 4}], [{packet_size, 4}], [{packet_size, 3}], [{line_delimiter, $d}], [{line_length, 0}],
              [{packet_size, 100}, {line_length, 2}], [foo], [{line_length, a}], [{line_delimiter, 256}],
              [{packet_size, -1}], [{foo, 1}], [{packet_size, 1 bsl 32}]]],
    Decode(line, <<1:1>>, []),
    Decode(line, a, []),
    Decode(1, <<1, 2, 3, 1:1>>, []),
    [Decode(T, B, [])
     || B <- [<<"GET / HTTP/1.1\r\n">>, <<"GET / HTTP/1.1\r\nx">>, <<"GET /a?b=c HTTP/1.0\n">>,
              <<"GET http://foo.com/x HTTP/1.1\r\n">>, <<"GET https://foo.com:8080/x HTTP/1.1\r\n">>,
              <<"GET http://[::1]:80/x HTTP/1.1\r\n">>, <<"GET ftp:foo HTTP/1.1\r\n">>,
              <<"GET ftp://foo/bar HTTP/1.1\r\n">>, <<"OPTIONS * HTTP/1.1\r\n">>, <<"FOO / HTTP/1.1\r\n">>,
              <<"GET x HTTP/1.1\r\n">>, <<"GET /\r\n">>, <<"GET\r\n">>, <<"\r\n">>, <<"\n">>,
              <<"HTTP/1.1 200 OK\r\n">>, <<"HTTP/1.1 200\r\n">>, <<"HTTP/1.1 20x OK\r\n">>, <<"HTTP/1.1 200 \r\n">>,
              <<"HTTP/a.1 200 OK\r\n">>, <<"GET / HTTP/x.y\r\n">>, <<"GET / HTTP/1.1 \r\n">>,
              <<"GET  /  HTTP/1.1\r\n">>, <<"garbage">>, <<"gar bage\n">>, <<"GET http://foo.com HTTP/1.1\r\n">>,
              <<"GET http://foo.com:xx/ HTTP/1.1\r\n">>, <<"CONNECT foo:80 HTTP/1.1\r\n">>,
              <<"gET / HTTP/1.1\r\n">>, <<"GET HTTP://FOO/ HTTP/1.1\r\n">>,
              <<"GET http://user@foo:1/ HTTP/1.1\r\n">>, <<" GET / HTTP/1.1\r\n">>, <<"GET / HTTP/11.22\r\n">>,
              <<"GET / FOO/1.1\r\n">>],
        T <- [http, http_bin]],
    [Decode(T, B, [])
     || B <- [<<"Host: foo\r\n">>, <<"Host: foo\r\nx">>, <<"Host: foo\r\n bar\r\nx">>, <<"host:foo\r\n\r\n">>,
              <<"X-Foo: bar baz  \r\n\r\n">>, <<"x-foo-BAR: 1\r\n\r\n">>, <<"Foo\r\n\r\n">>, <<"Foo bar\r\n\r\n">>,
              <<": x\r\n\r\n">>, <<"\r\n">>, <<"\r\nrest">>, <<"content-length: 5\r\n\r\n">>,
              <<"CONTENT-LENGTH: 5\n\n">>, <<"Foo : x\r\n\r\n">>, <<"F(o: x\r\n\r\n">>,
              <<"Averyveryveryveryveryveryveryveryveryverylongheadernamethatneverends: x\r\n\r\n">>,
              <<"Cookie:\r\n\r\n">>, <<"Cookie: \r\n\r\n">>, <<"x:y\r\n\tz\r\n\r\n">>, <<"HTTP/1.1 200 OK\r\n\r\n">>,
              <<"http_foo: 1\r\n\r\n">>, <<"a-b--c-dEF: 1\r\n\r\n">>, <<"-a-: 1\r\n\r\n">>, <<200, ": 1\r\n\r\n">>],
        T <- [httph, httph_bin]],
    [Decode(http, B, O)
     || B <- [<<"GET / HTTP/1.1\r\n">>, <<"GET / HTT">>],
        O <- [[{packet_size, 16}], [{packet_size, 15}], [{line_length, 5}], [{packet_size, 5}], [{line_length, 40}]]],
    [Decode(T, B, [{packet_size, 2}])
     || T <- [1, 2, 4, raw], B <- [<<3, 1, 2, 3, 4>>, <<0, 2, 1, 2>>, <<0, 3, 1, 2>>]],
    [Decode(ssl_tls, B, [])
     || B <- [<<22, 3, 1, 0, 2, 1, 2, 3>>, <<128, 4, 1, 3, 1, 9, 9, 9>>, <<22, 3>>, <<128, 2, 1, 3, 1>>]].

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
