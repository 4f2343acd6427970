% SPDX-License-Identifier: Apache-2.0
%% A field of a billion columns.
% hostile: 59 22
% verdict: killed or deadline or error badarg or error system_limit or error terminated or limit memory
% limits: deadline=3s
-module(format_width).
-export([main/0]).

main() -> io:format("~1000000000s", ["x"]), io:format("~1000000000.1000000000f", [1.0]).
