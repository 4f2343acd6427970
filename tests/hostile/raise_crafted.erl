% SPDX-License-Identifier: Apache-2.0
%% erlang:raise with stack traces that nobody could have made.
% hostile: more 21
% verdict: done or killed
% limits: deadline=4s
-module(raise_crafted).
-export([main/0]).

main() ->
    Long = lists:duplicate(100000, {m, f, 1, []}),
    Deep = lists:foldl(fun(_, D) -> [D] end, x, lists:seq(1, 100000)),
    [try erlang:raise(C, R, S) catch _:_:T -> true = is_list(T) end ||
        C <- [error, exit, throw, bad], R <- [x, Deep],
        S <- [[], Long, [{m, f, Deep, []}], [{m, f, [Deep], [{line, Deep}, {file, Deep}]}], Deep, [x | y], [{fun() -> ok end, Long}], not_a_list]],
    ok.
