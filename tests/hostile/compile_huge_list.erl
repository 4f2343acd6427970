% SPDX-License-Identifier: Apache-2.0
%% The compiler gets a constant of a million parts.
% hostile: 58 25
% verdict: done or deadline or killed or limit memory
% limits: deadline=3s, memory=128M
-module(compile_huge_list).
-export([main/0]).

main() ->
    L = erl_parse:abstract(lists:seq(1000, 200000)),
    Forms = [{attribute, 1, module, bomb}, {attribute, 1, export, [{f, 0}]},
             {function, 1, f, 0, [{clause, 1, [], [], [L]}]}],
    _ = compile:forms(Forms, []),
    ok.
