% SPDX-License-Identifier: Apache-2.0
%% The compiler gets a function of thousands of nested cases.
% hostile: 58
% verdict: done or deadline or killed or limit memory
% limits: deadline=3s, memory=128M
-module(compile_function).
-export([main/0]).

main() ->
    Case = fun(N, Inner) ->
               {'case', 1, {var, 1, 'X'}, [{clause, 1, [{integer, 1, N}], [], [Inner]},
                                           {clause, 1, [{var, 1, '_'}], [], [{var, 1, 'X'}]}]}
           end,
    Body = lists:foldl(Case, {var, 1, 'X'}, lists:seq(1, 3000)),
    Forms = [{attribute, 1, module, bomb}, {attribute, 1, export, [{f, 1}]},
             {function, 1, f, 1, [{clause, 1, [{var, 1, 'X'}], [], [Body]}]}],
    _ = compile:forms(Forms, []),
    ok.
