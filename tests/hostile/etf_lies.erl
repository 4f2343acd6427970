% SPDX-License-Identifier: Apache-2.0
%% External format that is truncated, lies about sizes or names what cannot be.
% hostile: 31 69
% verdict: done
% limits: deadline=5s
-module(etf_lies).
-export([main/0]).

main() ->
    Lies = [<<131, 108, 16#FFFFFFFF:32>>, <<131, 105, 16#FFFFFFFF:32>>, <<131, 116, 16#FFFFFFFF:32>>,
            <<131, 109, 16#FFFFFFFF:32, 1>>, <<131, 111, 16#FFFFFFFF:32, 0, 1>>,
            <<131, 110, 255, 0, 1>>, <<131, 80, 16#FFFFFFFF:32, 120, 156, 1>>,
            <<131, 77, 1:32, 9, 255>>, <<131, 77, 0:32, 1>>, <<131, 77, 5:32, 0, 1, 2, 3, 4, 5>>,
            <<131, 70, 16#7FF0000000000000:64>>, <<131, 70, 16#7FF8000000000001:64>>,
            <<131, 99, 0:248>>, <<131, 107, 65535:16, 1>>, <<131, 116, 2:32, 97, 1, 97, 1, 97, 1, 97, 2>>,
            <<131, 112, 16#FFFFFFFF:32, 0>>, <<131, 112, 0:32, 0>>, <<131, 113, 100, 0, 1, $a>>,
            <<131, 90, 6:16, 119, 1, $a, 0:32>>,
            <<131, 88, 97, 1, 0:96>>, <<131, 119, 255, 0>>, <<131, 118, 16#FFFF:16>>,
            <<131, 118, 2:16, 16#C0, 16#80>>, <<131, 119, 1, 16#FF>>, <<131>>, <<>>, <<130, 106>>,
            <<131, 106, 106>>, <<131, 104, 255>>, <<131, 82, 0>>, <<131, 68, 0>>, <<131, 69, 0:64>>],
    Bad = [B || B <- Lies, B =/= <<131, 106, 106>>],
    [{'EXIT', {badarg, _}} = (catch binary_to_term(B)) || B <- Bad],
    [{'EXIT', {badarg, _}} = (catch binary_to_term(B, [safe, used])) || B <- Bad],
    Whole = term_to_binary({[1.5, <<"text">>, #{a => {self(), make_ref()}}], fun erlang:halt/1, 1 bsl 100}),
    [catch binary_to_term(binary:part(Whole, 0, N)) || N <- lists:seq(0, byte_size(Whole) - 1)],
    [catch binary_to_term(<<A:N/binary, X, Z/binary>>) ||
        N <- lists:seq(1, byte_size(Whole) - 1),
        X <- [0, 1, 97, 104, 108, 112, 116, 127, 128, 255],
        <<A0:N/binary, _, Z0/binary>> <- [Whole], {A, Z} <- [{A0, Z0}]],
    ok.
