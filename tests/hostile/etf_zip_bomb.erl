% SPDX-License-Identifier: Apache-2.0
%% A term of four hundred megabytes in four hundred kilobytes.
% hostile: 67 60
% verdict: deadline or killed or error system_limit or error badarg
% limits: deadline=5s
-module(etf_zip_bomb).
-export([main/0]).

main() ->
    Z = zlib:open(),
    zlib:deflateInit(Z, best_compression),
    Size = 400 * 1048576,
    Head = zlib:deflate(Z, <<109, Size:32>>),
    Megabyte = binary:copy(<<0>>, 1048576),
    Body = [zlib:deflate(Z, Megabyte) || _ <- lists:seq(1, 400)],
    Bytes = iolist_to_binary([Head, Body, zlib:deflate(Z, [], finish)]),
    true = byte_size(Bytes) < 1000000,
    binary_to_term(<<131, 80, (Size + 5):32, Bytes/binary>>).
