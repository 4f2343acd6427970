%% SPDX-License-Identifier: Apache-2.0
%% Measures Module:run(N) inside the virtual machine: the same file runs on stock
%% Erlang and in a sandbox, so that starting and loading are left out on both sides.
-module(bench_driver).
-export([measure/3, main/3]).

%% {Microseconds of each of Runs runs, hash of the result}. One run before them is not
%% counted: it loads what the program calls.
measure(Module, N, Runs) ->
    {_, Hash} = once(Module, N),
    {[time(once(Module, N), Hash) || _ <- lists:seq(1, Runs)], Hash}.

%% The same, printed, for hosts that do not show results.
main(Module, N, Runs) ->
    io:format("~w~n", [measure(Module, N, Runs)]).

time({Time, Hash}, Hash) -> Time.

%% In a fresh process, so that no run finds the heap that another one has grown.
once(Module, N) ->
    Parent = self(),
    {Pid, Ref} = spawn_monitor(fun() -> Parent ! {self(), timed(Module, N)} end),
    receive
        {Pid, Answer} -> demonitor(Ref, [flush]), Answer;
        {'DOWN', Ref, process, Pid, Reason} -> exit(Reason)
    end.

timed(Module, N) ->
    Start = erlang:monotonic_time(microsecond),
    Result = Module:run(N),
    End = erlang:monotonic_time(microsecond),
    {End - Start, erlang:phash2(Result)}.
