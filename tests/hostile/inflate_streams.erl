% SPDX-License-Identifier: Apache-2.0
%% Compression streams are opened without end.
% hostile: 60
% verdict: killed or error system_limit or error enomem
-module(inflate_streams).
-export([main/0]).

main() -> streams([]).
streams(L) -> Z = zlib:open(), zlib:deflateInit(Z, best_compression), streams([Z | L]).
