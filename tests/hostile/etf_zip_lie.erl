% SPDX-License-Identifier: Apache-2.0
%% Compressed terms whose declared size is a lie.
% hostile: 67 31
% verdict: done
% limits: deadline=5s
-module(etf_zip_lie).
-export([main/0]).

main() ->
    Bytes = zlib:compress(<<109, 100:32, 0:800>>),
    [{'EXIT', _} = (catch binary_to_term(<<131, 80, N:32, Bytes/binary>>)) ||
        N <- [0, 1, 104, 106, 1000000, 1000000000, 16#7FFFFFFF, 16#FFFFFFFF]],
    Nested = lists:foldl(fun(_, B) -> <<80, (byte_size(B)):32, (zlib:compress(B))/binary>> end,
                         <<97, 1>>, lists:seq(1, 1000)),
    {'EXIT', _} = (catch binary_to_term(<<131, Nested/binary>>)),
    ok.
