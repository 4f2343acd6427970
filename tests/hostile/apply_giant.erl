% SPDX-License-Identifier: Apache-2.0
%% Calls with thousands of arguments, to functions that nobody has.
% hostile: more 29
% verdict: done or killed
% limits: deadline=4s
-module(apply_giant).
-export([main/0]).

main() ->
    Many = lists:seq(1, 1000000),
    [{'EXIT', _} = (catch apply(M, f, As)) || M <- [?MODULE, erlang, 1, none], As <- [lists:seq(1, 256), lists:seq(1, 300), Many, [a | b], x]],
    [{'EXIT', _} = (catch apply(F, As)) || F <- [fun() -> ok end, fun erlang:halt/1, x], As <- [lists:seq(1, 256), Many, [a | b]]],
    [catch spawn(M, f, As) || M <- [?MODULE, none], As <- [lists:seq(1, 300), Many]],
    [catch erlang:make_fun(M, f, N) || M <- [a, 1], N <- [255, 256, -1, 1 bsl 70]],
    ok.
