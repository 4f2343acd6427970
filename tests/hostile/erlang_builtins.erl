% SPDX-License-Identifier: Apache-2.0
%% Each builtin of the module erlang is called with arguments that it does not expect.
% hostile: more 64
% verdict: done or halted 0 or halted 1 or killed or deadline or limit memory
% limits: deadline=6s, output=1M
-module(erlang_builtins).
-export([main/0]).

main() ->
    Values = [-1, 1 bsl 70, [], <<1:3>>, {a, b, c}, #{a => 1}, fun(X) -> X end, make_ref(), "text", 1.5, [a | b], true],
    Skip = [halt, hibernate, exit, throw, error, raise, nif_error],
    [call(F, [lists:nth((K * 5 + N * 7) rem 12 + 1, Values) || K <- lists:seq(1, A)]) ||
        {F, A} <- erlang:module_info(exports), not lists:member(F, Skip), N <- lists:seq(0, 11)],
    ok.
call(F, As) ->
    {P, R} = spawn_monitor(fun() -> apply(erlang, F, As) end),
    receive {'DOWN', R, process, P, _} -> ok after 5 -> exit(P, kill), receive {'DOWN', R, process, P, _} -> ok end end.
