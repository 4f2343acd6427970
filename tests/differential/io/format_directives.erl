%% SPDX-License-Identifier: Apache-2.0
%% io_lib:format with every directive, widths, precisions and paddings.
-module(format_directives).
-export([main/0]).

main() ->
    Fs = [{"~c ~5c ~-5c| ~3.2c", [$a, $b, $c, $d]}, {"~tc", [16#65e5]}, {"~f ~10.2f ~-10.2f| ~.0f ~10.3.*f", [1.5, 2.25, 3.125, 0.5, $*, 7.0]},
          {"~e ~12.3e ~.10e", [1.5, 12345.678, 0.001]}, {"~g ~g ~g ~.3g", [1.0, 1.0e10, 1.0e-5, 3.14159]},
          {"~s ~10s ~-10s| ~.3s ~10.3s ~10.3.-s", ["abc", "abc", "abc", "abcdef", "abcdef", "abcdef"]}, {"~s ~s ~s", [atom, <<"bin">>, ["io", [<<"list">>], $!]]},
          {"~ts ~ts", ["日本", <<"é"/utf8>>]}, {"~w ~20w ~-20w| ~3w", [{a, "b"}, x, x, too_long]},
          {"~p ~p ~20p", ["string", [1, 2, 300], {a}]}, {"~W ~P ~W", [[1, 2, 3, 4, 5], 3, {a, [b, [c, [d]]], "str"}, 4, #{a => 1, b => 2}, 3]},
          {"~B ~10B ~-10B| ~.16B ~.2B ~4.10.0B", [255, 255, 255, 255, 5, 42]}, {"~b ~.16b ~.36b", [255, 255, 123456]}, {"~X ~.16X", [255, "0x", 255, "0X"]},
          {"~x ~.16x ~.2x", [-255, "0x", 255, {hex}, 5, "b"]} , {"~# ~.16# ~.2#", [255, 255, 5]}, {"~+ ~.16+", [255, 255]}, {"~i~w", [ignored, kept]},
          {"~~ ~n ~3n|", []}, {"~10..-s|~5..*w", ["ab", 7]}, {"~*w ~-*w|", [5, a, 5, b]}, {"~5.*.xs", [2, "abc"]}],
    [io:format("~ts~n", [try io_lib:format(F, A) catch _:R -> io_lib:format("~w", [R]) end]) || {F, A} <- Fs].
