% SPDX-License-Identifier: Apache-2.0
%% Two hundred megabytes inflated from two hundred kilobytes.
% hostile: 60
% verdict: deadline or killed or error data_error or error system_limit
% limits: deadline=5s
-module(inflate_bomb).
-export([main/0]).

main() ->
    Z = zlib:open(),
    zlib:deflateInit(Z),
    M = binary:copy(<<0>>, 1048576),
    B = iolist_to_binary([[zlib:deflate(Z, M) || _ <- lists:seq(1, 200)], zlib:deflate(Z, [], finish)]),
    zlib:uncompress(B).
