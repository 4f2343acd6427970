%% SPDX-License-Identifier: Apache-2.0
%% xmerl: documents are scanned, searched and written again; the same as SAX events; faults.
-module(xml_documents).
-include_lib("xmerl/include/xmerl.hrl").
-export([main/0]).

main() ->
    Text = document(200),
    {Doc, []} = xmerl_scan:string(Text),
    io:format("~p ~p~n", [length(Text), erlang:phash2(xmerl_lib:simplify_element(Doc))]),
    [io:format("~p: ~p~n", [Path, found(catch xmerl_xpath:string(Path, Doc))])
     || Path <- ["/catalog/item[1]/name/text()", "//item[@kind='k3']/name", "count(//item)", "/catalog/item[position()=last()]/@id",
                 "//item[price > 190]/name/text()", "string(/catalog/item[2]/price)", "//price[. < 5]", "/catalog/item[name='n7']/following-sibling::item[1]/@id",
                 "//note[contains(., 'x')]", "sum(//price)", "//item[3]/ancestor::*", "/catalog/*[not(@kind='k1')][2]", "name(/*)", "//item/note/..//@id"]],
    Back = lists:flatten(xmerl:export_simple([Doc], xmerl_xml)),
    io:format("~p ~p~n", [length(Back), erlang:phash2(Back)]),
    {Again, []} = xmerl_scan:string(Back),
    io:format("~p~n", [erlang:phash2(xmerl_lib:simplify_element(Again)) =:= erlang:phash2(xmerl_lib:simplify_element(Doc))]),
    Html = lists:flatten(xmerl:export_simple([{html, [], [{body, [{class, "a&b"}], [{p, ["<text> & more"]}, {br, []}]}]}], xmerl_html)),
    io:format("~s~n", [Html]),
    {ok, {Counts, Events}, Rest} =
        xmerl_sax_parser:stream(unicode:characters_to_binary(Text),
                                [{event_fun, fun event/3}, {event_state, {#{}, 0}}]),
    io:format("~p ~p ~p~n", [lists:sort(maps:to_list(Counts)), Events, Rest]),
    [io:format("~p~n", [fault(Bad)])
     || Bad <- ["<a>", "<a><b></a>", "<a b=c/>", "", "<a>&no;</a>", "<a/><b/>", "<a b='1' b='2'/>", "<?xml version='1.0'?><a>\x{1}</a>",
                "<!DOCTYPE a [<!ELEMENT a (b)><!ENTITY e 'text'>]><a>&e;<b/></a>"]],
    {Valid, _} = xmerl_scan:string("<!DOCTYPE a [<!ELEMENT a (b+,c?)><!ELEMENT b (#PCDATA)><!ELEMENT c EMPTY><!ATTLIST b k (x|y) 'x'>]>"
                                   "<a><b>1</b><b k='y'>2</b><c/></a>", [{validation, true}]),
    io:format("~p~n", [xmerl_lib:simplify_element(Valid)]),
    {Spaces, _} = xmerl_scan:string("<n:a xmlns:n='urn:n' xmlns='urn:d'><b n:c='1'>&#228;&#x20ac;</b></n:a>", [{namespace_conformant, true}]),
    io:format("~p~n", [{Spaces#xmlElement.expanded_name, [E#xmlElement.expanded_name || #xmlElement{} = E <- Spaces#xmlElement.content],
                        lists:flatten(xmerl:export_simple_content(Spaces#xmlElement.content, xmerl_xml))}]).

event(startDocument, _, {M, N}) -> {M, N + 1};
event(Event, Location, {M, N}) ->
    Key = if is_tuple(Event) -> element(1, Event); true -> Event end,
    {maps:update_with(Key, fun(C) -> C + 1 end, 1, M), erlang:phash2({Event, element(3, Location), N})}.

fault(Text) ->
    try xmerl_scan:string(Text, [{quiet, true}]) of
        {E, Rest} -> {ok, xmerl_lib:simplify_element(E), Rest}
    catch
        exit:Reason -> Reason;
        error:Reason -> {error, Reason}
    end.

found({'EXIT', {Reason, [{M, F, _, _} | _]}}) -> {Reason, M, F};
found({'EXIT', Reason}) -> Reason;
found(L) when is_list(L) -> {length(L), erlang:phash2([simple(X) || X <- L]), [element(1, X) || X <- lists:sublist(L, 3)]};
found(Other) -> Other.

simple(#xmlElement{} = E) -> xmerl_lib:simplify_element(E);
simple(Other) -> Other.

document(N) ->
    lists:flatten(["<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- all of it -->\n<catalog>\n", [item(I) || I <- lists:seq(1, N)], "</catalog>\n"]).

item(I) ->
    io_lib:format("  <item id=\"i~w\" kind=\"k~w\">\n    <name>n~w</name><price>~w</price>~s\n  </item>\n",
                  [I, I rem 5, I, I, case I rem 7 of 0 -> "<note><![CDATA[x < y]]> &amp; <b>z</b></note>"; _ -> "" end]).
