%% SPDX-License-Identifier: Apache-2.0
%% unicode: conversions, errors, normal forms.
-module(unicode_module).
-export([main/0]).

main() ->
    S = "aé日😀",
    B = unicode:characters_to_binary(S),
    io:format("~w ~w~n", [B, unicode:characters_to_list(B)]),
    [io:format("~w ~w~n", [E, unicode:characters_to_binary(S, unicode, E)]) || E <- [utf8, utf16, {utf16, little}, utf32, {utf32, little}, latin1]],
    io:format("~w~n", [[unicode:characters_to_list(X) || X <- [<<"ok">>, <<255>>, <<"a", 255, "b">>, <<195>>, <<"ab", 226, 130>>, [<<"a">>, $b, ["c" | <<"d">>]], <<237, 160, 128>>]]]),
    io:format("~w~n", [[unicode:characters_to_binary(X) || X <- [[16#d800], [16#110000], [a], "ok", [$a, <<255>>], [<<226>>, <<130, 172>>]] -- [[a]]]]),
    io:format("~w~n", [t(fun() -> unicode:characters_to_binary([a]) end)]),
    io:format("~w~n", [unicode:characters_to_list(<<0, 97, 216, 61, 222, 0>>, utf16)]),
    io:format("~w~n", [[unicode:F("e\x{301}\x{fb01}\x{ac00}") || F <- [characters_to_nfc_list, characters_to_nfd_list, characters_to_nfkc_list, characters_to_nfkd_list]]]),
    io:format("~w~n", [[unicode:bom_to_encoding(X) || X <- [<<239, 187, 191>>, <<254, 255>>, <<255, 254>>, <<"x">>]]]),
    io:format("~w~n", [[unicode:encoding_to_bom(X) || X <- [utf8, utf16, {utf16, little}, utf32, latin1]]]),
    io:format("~w~n", [<<"aé"/utf8, $日/utf16, $x/utf32-little>>]),
    io:format("~w~n", [[case Z of <<C/utf8, R/binary>> -> {C, R}; _ -> bad end || Z <- [<<"é"/utf8>>, <<255>>, <<237, 160, 128>>, <<244, 144, 128, 128>>, <<192, 128>>]]]),
    io:format("~w~n", [[t(fun() -> <<C/utf8>> end) || C <- [16#10ffff, 16#110000, 16#d800, -1, 0]]]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
