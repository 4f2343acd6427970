%% SPDX-License-Identifier: Apache-2.0
%% What the programs of tests/host load.
-module(guest).
-export([version/0, echo/1, forever/0, wait/0, fail/1, halt/1, say/1, start/1, ask/1, ask/2, names/0, many/1,
         grow/0, load/2, spin_in/1, shared/1]).

version() -> 1.

echo(X) -> X.

forever() -> forever().

wait() -> receive never -> ok end.

fail(error) -> error(wrong);
fail(exit) -> exit(gone);
fail(throw) -> throw(ball).

halt(N) -> erlang:halt(N).

say(Text) -> io:put_chars(Text).

%% A process with a name that collects what it is sent.
start(Name) ->
    Parent = self(),
    spawn(fun() -> register(Name, self()), Parent ! ready, collect([]) end),
    receive ready -> ok end.

collect(Seen) ->
    receive
        {get, From} -> From ! {seen, lists:reverse(Seen)}, collect(Seen);
        X -> collect([X | Seen])
    end.

names() ->
    box ! {get, self()},
    receive {seen, L} -> L end.

ask(X) -> host:twice(X).

ask(F, X) -> host:F(X).

%% N processes ask the host at the same time.
many(N) ->
    Parent = self(),
    Pids = [spawn(fun() -> Parent ! {self(), host:later(I)} end) || I <- lists:seq(1, N)],
    lists:sum([receive {P, V} -> V end || P <- Pids]).

grow() -> grow([]).
grow(L) -> grow([binary:copy(<<0>>, 100000) | L]).

load(Name, Bytes) -> code:load_binary(Name, "x.beam", Bytes).

spin_in(Name) -> register(Name, self()), receive stop -> ok end.

%% Small here, and longer than the host has memory for when it is written out.
shared(return) -> double(32, []);
shared(exit) -> exit(double(32, [])).

double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
