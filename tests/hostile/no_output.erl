% SPDX-License-Identifier: Apache-2.0
%% Without the capability nothing is written, and nobody hangs.
% hostile: 12 81
% verdict: done
% deny: stdio
-module(no_output).
-export([main/0]).

main() -> catch io:format("hidden~n"), catch io:format(standard_error, "hidden~n", []), catch erlang:display(hidden), catch io:get_line(""), ok.
