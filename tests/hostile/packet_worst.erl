% SPDX-License-Identifier: Apache-2.0
%% decode_packet with lengths that lie and headers without end.
% hostile: 60 59
% verdict: done or deadline or killed
% limits: deadline=2s
-module(packet_worst).
-export([main/0]).

main() ->
    B = binary:copy(<<"a: b\r\n">>, 100000),
    [catch erlang:decode_packet(T, X, O) ||
        T <- [raw, 0, 1, 2, 4, asn1, sunrm, cdr, fcgi, tpkt, line, http, httph, http_bin, httph_bin, ssl_tls],
        X <- [<<>>, <<255, 255, 255, 255, 0>>, B, binary:copy(<<"a">>, 1000000), <<"GET ", B/binary>>, <<0:1>>],
        O <- [[], [{packet_size, 1 bsl 27}], [{line_length, 1}], [{line_delimiter, $a}]]],
    ok.
