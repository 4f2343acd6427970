% SPDX-License-Identifier: Apache-2.0
%% A fun of a builtin, made of bytes, ends this sandbox only.
% hostile: 64 72
% verdict: halted 7
-module(etf_halt_fun).
-export([main/0]).

main() -> F = binary_to_term(<<131, 113, 119, 6, "erlang", 119, 4, "halt", 97, 1>>), F(7).
