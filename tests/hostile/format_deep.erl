% SPDX-License-Identifier: Apache-2.0
%% A term of a hundred thousand levels is printed.
% hostile: 59 22
% verdict: done or killed or deadline
% limits: deadline=3s
-module(format_deep).
-export([main/0]).

main() ->
    T = lists:foldl(fun(_, T) -> {[T]} end, x, lists:seq(1, 20000)),
    _ = io_lib:format("~p", [T]),
    _ = io_lib:format("~0p ~w ~P", [T, T, T, 30]),
    ok.
