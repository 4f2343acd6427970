%% SPDX-License-Identifier: Apache-2.0
%% Character data to binaries and lists, with what is left after an error.
-module(character_data).
-export([main/0]).

main() ->
    Data = [[a],[$a,a],[16#110000],[16#110000,a],[$a,-1],[$a,1 bsl 70],[$a,1.0],[$a|a],[$a|$b],[[$a,16#110000,$b],$c],[[$a|<<255>>],$c],[<<"abc",255>>,$d],[[<<"abc",255>>],$d],<<"abc",255>>,<<"abc",195>>,
            [<<"abc",195>>,<<164>>],[<<"abc",195>>|<<164>>],[<<195>>,$a],[<<195>>,[[<<164>>,$a]],$b],[<<195>>,[],<<>>,<<164>>],[<<195>>],[<<195>>,[]],[[<<195>>]],[[[<<"a",195>>],[]],[]],
            [<<240,159>>,<<152>>,<<128>>],[<<240,159>>,<<152>>],[<<240,159>>,<<152>>,<<255>>],[<<240,159>>,<<152>>,$a],[$x,<<240,159>>,<<152>>,[<<>>,$a]], [<<240>>,<<159>>,<<152,255,1>>,2],
            <<1:1>>,[<<1:1>>],[<<1:9>>],[16#D800],[16#DFFF],[16#FFFE,16#FFFF,16#FDD0],<<237,160,128>>,<<192,128>>,<<244,144,128,128>>,<<248,128>>,<<240,128,128,128>>,<<226,130>>,<<226>>,<<226,40>>,<<237,160>>,<<237>>,<<244,144>>,<<240,128>>,<<224,128>>,<<192>>,<<193>>,<<245>>,<<"a",245>>,
            [<<195>>,16#110000],[<<195>>,a],[<<195>>|a],[<<195>>|<<>>],[[<<195>>|<<164>>]|<<"x">>],[[]],[],<<>>,x,1,[[]|<<>>],[[$a],[$b|<<"c">>]|<<"d">>],[$a,[$b,[$c,16#D800,$d],$e],$f|<<"g">>],[[[16#D800]]],[[16#D800|<<"z">>]|<<"y">>],[<<"a">>,[<<"b">>,<<195,40>>|<<"r">>],$s]],
    [begin
         show(fun() -> {unicode:characters_to_binary(id(X), unicode)} end),
         show(fun() -> {unicode:characters_to_list(id(X), utf8)} end)
     end || X <- Data],
    [begin
         show(fun() -> {unicode:characters_to_binary(id(X), latin1)} end),
         show(fun() -> {unicode:characters_to_list(id(X), latin1)} end)
     end || X <- [[255], [256], [$a, [256, $b], $c], <<255>>, [<<255>> | <<254>>], [a], [-1], [$a | <<1:1>>], [[$a | 256]]]],
    [show(fun() -> {unicode:characters_to_binary(<<1, 0>>, id(E)), unicode:characters_to_list(<<1, 0>>, E)} end)
     || E <- [{utf16, little}, utf16, {utf32, big}, foo, 1]],
    [show(fun() -> unicode:bin_is_7bit(id(B)) end) || B <- [<<1, 0>>, <<1, 200>>, <<1, 200:5>>, a, <<>>]],
    <<_:3, Shifted/bitstring>> = <<0:3, "h\x{e5}r"/utf8>>,
    show(fun() -> {unicode:characters_to_list(Shifted), unicode:characters_to_binary([Shifted, $!]),
                   unicode:bin_is_7bit(Shifted)} end).

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
