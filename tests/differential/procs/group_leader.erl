%% SPDX-License-Identifier: Apache-2.0
%% A process's own group leader receives its output requests; children inherit it.
-module(group_leader).
-export([main/0, id/1]).

main() ->
    S = self(),
    Old = group_leader(),
    GL = spawn(fun() -> leader(S) end),
    group_leader(GL, self()),
    io:format("hello ~p~n", [world]),
    spawn(fun() -> io:put_chars("from child\n"), S ! child_done end),
    receive child_done -> ok end,
    io:nl(),
    io:write({a, "b"}),
    R = io:get_line("prompt> "),
    group_leader(Old, self()),
    GL ! stop,
    io:format("~p ~p~n", [R, [receive {seen, X} -> X after 100 -> none end || _ <- [1, 2, 3, 4, 5]]]),
    io:format("~p~n", [t(fun() -> group_leader(id(x), self()) end)]),
    io:format("~p~n", [process_info(self(), group_leader) =:= {group_leader, Old}]).

leader(S) ->
    receive
        {io_request, From, As, Req} ->
            S ! {seen, flat(Req)},
            From ! {io_reply, As, case element(1, Req) of get_line -> "typed\n"; _ -> ok end},
            leader(S);
        stop -> ok
    end.

flat({put_chars, unicode, M, F, A}) -> lists:flatten(apply(M, F, A));
flat({put_chars, unicode, C}) -> unicode:characters_to_list(C);
flat(R) -> R.

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
