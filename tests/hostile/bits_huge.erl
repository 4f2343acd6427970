% SPDX-License-Identifier: Apache-2.0
%% Segments of impossible sizes, to build and to match.
% hostile: more 5 28
% verdict: done or killed
% limits: deadline=4s
-module(bits_huge).
-export([main/0]).

main() ->
    [{'EXIT', _} = (catch <<0:N>>) || N <- [-1, 1 bsl 62, 1 bsl 65]],
    [catch <<0:N/unit:256>> || N <- [1 bsl 40, 1 bsl 56, 1 bsl 60]],
    [catch <<1.0:N/float>> || N <- [0, 1, 17, 1 bsl 60]],
    [nomatch = (case <<1, 2, 3>> of <<_:N/binary, _/bits>> -> match; _ -> nomatch end) || N <- [1 bsl 61, 1 bsl 70, -1, 4]],
    [nomatch = (case <<1, 2, 3>> of <<X:N/unit:128, _/bits>> -> X; _ -> nomatch end) || N <- [1 bsl 57, 1 bsl 58, 1 bsl 59]],
    [catch <<(binary:copy(<<1>>, 1000)):N/binary>> || N <- [1 bsl 61, 1001, -1]],
    [catch <<C/utf8, C/utf16, C/utf32>> || C <- [-1, 16#D800, 16#110000, 1 bsl 70, x]],
    ok.
