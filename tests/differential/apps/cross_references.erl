%% SPDX-License-Identifier: Apache-2.0
%% xref over modules of the library; LDAP and Diameter messages.
% skip-stress: works on whole modules of the library
-module(cross_references).
-export([main/0]).

main() ->
    {ok, _} = xref:start(x),
    xref:set_default(x, [{verbose, false}, {warnings, false}]),
    show([xref:add_module(x, code:which(M)) || M <- [queue, proplists, orddict, gb_sets]]),
    [show(begin {ok, R} = xref:q(x, Q), {Q, R} end)
     || Q <- ["X * XU", "E | queue:in/2", "XC | queue || lists", "# E", "components AE", "domain(E || proplists:expand/2)", "closure E | queue:fold/3", "UU",
              "strict ME"]],
    show(xref:analyze(x, locals_not_used)),
    show(xref:analyze(x, {module_use, lists})),
    show(xref:analyze(x, {call, {queue, filter, 2}})),
    show(catch xref:q(x, "no such")),
    show(catch xref:q(x, "E :")),
    show(xref:info(x, modules)),
    stopped = xref:stop(x),
    show(xref:m(orddict)),
    ldap(),
    diameter().

ldap() ->
    Filter = eldap:'and'([eldap:equalityMatch("cn", "a"), eldap:substrings("sn", [{initial, "b"}, {any, "c"}]), eldap:present("mail"),
                          eldap:'not'(eldap:greaterOrEqual("age", "5")), eldap:extensibleMatch("x", [{type, "t"}])]),
    show(Filter),
    Message = {'LDAPMessage', 3, {searchRequest, {'SearchRequest', "dc=example", wholeSubtree, neverDerefAliases, 10, 0, false, Filter, ["cn", "mail"]}}, asn1_NOVALUE},
    {ok, Bytes} = 'ELDAPv3':encode('LDAPMessage', Message),
    show(Bytes),
    show('ELDAPv3':decode('LDAPMessage', Bytes)),
    show(eldap:parse_ldap_url("ldap://host:389/dc=a,dc=b?cn?sub?(x=y)")),
    show(catch eldap:parse_dn("cn=A B,ou=x\\,y,dc=c")).

diameter() ->
    D = diameter_gen_base_rfc6733,
    Options = #{decode_format => map, string_decode => true, strict_mbit => true, rfc => 6733, strict_arities => true, ordered_encode => true,
                failed_avp => true, avp_dictionaries => [], app_dictionary => D},
    Cer = ['CER', {'Origin-Host', <<"a.example.com">>}, {'Origin-Realm', <<"example.com">>}, {'Host-IP-Address', [{127, 0, 0, 1}, {1, 2, 3, 4, 5, 6, 7, 8}]},
           {'Vendor-Id', 42}, {'Product-Name', <<"test">>}, {'Auth-Application-Id', [0, 1]}],
    Header = {diameter_header, 1, undefined, 257, 0, 17, 18, true, false, false, false},
    Packet = diameter_codec:encode(D, Options, {diameter_packet, Header, undefined, Cer, undefined, [], undefined}),
    Bytes = element(5, Packet),
    show(Bytes),
    Decoded = diameter_codec:decode(D, Options, Bytes),
    show({element(4, Decoded), element(6, Decoded)}),
    show(element(6, diameter_codec:decode(D, Options, <<Bytes/binary, 0, 0, 3, 231, 64, 0, 0, 12, 1, 2, 3, 4>>))).

show(Term) -> io:format("~p~n", [Term]).
