%% SPDX-License-Identifier: Apache-2.0
%% A registry of names to pids that cleans up by monitors; races between clients.
-module(registry_process).
-export([main/0]).

main() ->
    R = spawn(fun() -> registry(#{}, #{}) end),
    io:format("~p~n", [[call(R, {register, N, spawn(fun() -> receive stop -> ok end end)}) || N <- [a, b, c, a]]]),
    io:format("~p~n", [[is_pid(call(R, {lookup, N})) || N <- [a, b, z]]]),
    P = call(R, {lookup, b}),
    M = monitor(process, P), P ! stop, receive {'DOWN', M, _, _, _} -> ok end,
    timer:sleep(2),
    io:format("~p~n", [call(R, {lookup, b})]),
    io:format("~p~n", [call(R, names)]),
    S = self(),
    Cs = [spawn(fun() -> S ! {r, call(R, {register, contested, self()})}, receive x -> x end end) || _ <- lists:seq(1, 50)],
    io:format("~p~n", [lists:sort(maps:to_list(count([receive {r, X} -> X end || _ <- Cs])))]).

count(L) -> lists:foldl(fun(X, M) -> maps:update_with(X, fun(N) -> N + 1 end, 1, M) end, #{}, L).
call(R, Q) -> Ref = make_ref(), R ! {self(), Ref, Q}, receive {Ref, A} -> A end.

registry(Names, Refs) ->
    receive
        {F, Ref, {register, N, P}} ->
            case Names of
                #{N := _} -> F ! {Ref, taken}, registry(Names, Refs);
                #{} -> F ! {Ref, ok}, registry(Names#{N => P}, Refs#{monitor(process, P) => N})
            end;
        {F, Ref, {lookup, N}} -> F ! {Ref, maps:get(N, Names, undefined)}, registry(Names, Refs);
        {F, Ref, names} -> F ! {Ref, lists:sort(maps:keys(Names))}, registry(Names, Refs);
        {'DOWN', Ref, process, _, _} -> {N, Rest} = maps:take(Ref, Refs), registry(maps:remove(N, Names), Rest)
    end.
