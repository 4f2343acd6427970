%% SPDX-License-Identifier: Apache-2.0
%% erlang:halt ends everything at once; what follows is not printed.
%% exit: 7
-module(erlang_halt).
-export([main/0]).

main() ->
    io:format("before~n"),
    spawn(fun() -> receive after infinity -> ok end end),
    timer:sleep(20),
    erlang:halt(7),
    io:format("after~n").
