% SPDX-License-Identifier: Apache-2.0
%% Output without end.
% hostile: 12
% verdict: error enospc or error badmatch or error badarg
% limits: output=1M
-module(output_bomb).
-export([main/0]).

main() -> ok = io:put_chars("a line of output\n"), main().
