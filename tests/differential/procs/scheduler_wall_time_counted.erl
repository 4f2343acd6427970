%% SPDX-License-Identifier: Apache-2.0
%% Times of schedulers are kept as long as a process lives that has asked for it as often as not
%% taken it back.
-module(scheduler_wall_time_counted).
-export([main/0]).

main() ->
    show([enable(false), is_on(), enable(true), is_on(), enable(true), enable(false), is_on(),
          enable(false), is_on(), enable(false)]),
    Other = spawn(fun loop/0),
    show([ask(Other, true), is_on(), enable(false), is_on(), enable(true), ask(Other, true),
          enable(false), is_on(), ask(Other, false), is_on(), ask(Other, false), is_on()]),
    show([ask(Other, true), is_on()]),
    Monitor = monitor(process, Other),
    exit(Other, kill),
    receive {'DOWN', Monitor, process, Other, _} -> ok end,
    kernel_refc ! nothing,
    sys:get_state(kernel_refc),
    show([is_on(), enable(false)]),
    show([try erlang:system_flag(scheduler_wall_time, X) catch C:R -> {C, R} end
          || X <- [1, yes, undefined, []]]),
    show([is_pid(whereis(kernel_refc)), kernel_refc:scheduler_wall_time(true), is_on(),
          kernel_refc:scheduler_wall_time(false), is_on()]).

enable(Enable) -> erlang:system_flag(scheduler_wall_time, Enable).

is_on() -> undefined =/= erlang:statistics(scheduler_wall_time).

ask(Pid, Enable) ->
    Pid ! {self(), Enable},
    receive {Pid, Was} -> Was end.

loop() ->
    receive {From, Enable} -> From ! {self(), enable(Enable)} end,
    loop().

show(List) -> io:format("~0p~n", [List]).
