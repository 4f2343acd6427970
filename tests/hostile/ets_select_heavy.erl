% SPDX-License-Identifier: Apache-2.0
%% A table is scanned for ever by a match specification of two hundred conditions.
% hostile: 51
% verdict: deadline
% limits: deadline=1s
-module(ets_select_heavy).
-export([main/0]).

main() ->
    T = ets:new(t, []),
    [ets:insert(T, {N, N}) || N <- lists:seq(1, 50000)],
    Guards = [{'=/=', {'*', '$1', K}, {'+', '$2', -K}} || K <- lists:seq(1, 200)],
    scan(T, [{{'$1', '$2'}, Guards, ['$1']}]).
scan(T, Spec) -> _ = ets:select(T, Spec), scan(T, Spec).
