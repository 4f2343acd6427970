% SPDX-License-Identifier: Apache-2.0
%% A match specification that is nested a million times.
% hostile: 51
% verdict: error badarg or done or killed or error system_limit
-module(ets_spec_deep).
-export([main/0]).

main() ->
    Deep = lists:foldl(fun(_, D) -> {'not', D} end, true, lists:seq(1, 1000000)),
    catch ets:match_spec_compile([{'_', [Deep], [true]}]),
    Head = lists:foldl(fun(_, D) -> {D} end, '$1', lists:seq(1, 500000)),
    catch ets:match_spec_compile([{Head, [], ['$1']}]),
    Body = lists:foldl(fun(_, D) -> {{D}} end, '$_', lists:seq(1, 300000)),
    ets:match_spec_run([{1}], ets:match_spec_compile([{{'$1'}, [], [Body]}])).
