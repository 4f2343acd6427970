% SPDX-License-Identifier: Apache-2.0
%% Checksums and encodings of a large binary, for ever.
% hostile: 53
% verdict: deadline
% limits: deadline=1s
-module(checksum_storm).
-export([main/0]).

main() -> B = binary:copy(<<1, 2, 3, 4>>, 1000000), sums(B).
sums(B) ->
    _ = erlang:md5(B), _ = erlang:crc32(B), _ = erlang:adler32(B), _ = erlang:phash2(B),
    _ = erlang:external_size(B), _ = base64:encode(binary:part(B, 0, 10000)), sums(B).
