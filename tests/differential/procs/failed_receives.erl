%% SPDX-License-Identifier: Apache-2.0
%% A receive that ends with an error has taken nothing: the next one sees all messages,
%% in order, with and without a fresh reference to look for. Nothing is printed between,
%% for that receives too.
-module(failed_receives).
-export([main/0]).

main() ->
    [self() ! {message, N} || N <- lists:seq(1, 12)],
    Times = [-1, atom, 1.0, 16#100000000, 1 bsl 70, [], {}, <<>>, "1"],
    Seen = [{failed(T), next()} || T <- Times],
    Constant = {catch receive nothing -> ok after notime -> ok end, next()},
    Marked = marked(),
    Nested = nested(),
    Rest = [next() || _ <- lists:seq(1, 3)],
    [io:format("~p~n", [X]) || X <- Seen],
    [io:format("~p~n", [X]) || X <- [Constant, Marked, Nested, Rest]].

failed(Time) ->
    catch receive nothing -> ok after id(Time) -> ok end.

next() ->
    receive {message, N} -> N after 0 -> none end.

marked() ->
    Ref = make_ref(),
    self() ! {Ref, answer},
    Failed = (catch receive {Ref, nothing} -> ok after id(bad) -> ok end),
    {Failed, receive {Ref, Answer} -> Answer after 0 -> lost end, next()}.

%% The error of a receive in the body of another one.
nested() ->
    [self() ! {n, N} || N <- lists:seq(1, 3)],
    receive
        {n, 2} -> {failed(inner), n(), n(), n()}
    end.

n() -> receive {n, N} -> N after 0 -> none end.

id(X) -> X.
