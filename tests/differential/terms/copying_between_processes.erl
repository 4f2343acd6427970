%% SPDX-License-Identifier: Apache-2.0
%% Terms of all types travel through messages, spawn arguments and exit reasons unchanged.
-module(copying_between_processes).
-export([main/0]).

main() ->
    Ts = [1, 1 bsl 100, 1.5, a, "str", [1 | 2], {t, {u}}, <<1, 2, 3>>, <<5:3>>, binary:copy(<<7>>, 1000), #{a => #{b => c}},
          maps:from_list([{N, {N}} || N <- lists:seq(1, 100)]), fun lists:map/2, lists:seq(1, 1000), {literal, [in, "code"]},
          binary:part(binary:copy(<<"abc">>, 100), 10, 50)],
    Echo = spawn(fun Loop() -> receive {F, T} -> F ! {echo, T}, Loop() end end),
    io:format("~p~n", [[begin Echo ! {self(), T}, receive {echo, U} -> U =:= T end end || T <- Ts]]),
    Self = self(),
    [spawn(fun() -> Self ! {closure, T} end) || T <- Ts],
    io:format("~p~n", [[receive {closure, T} -> true end || T <- Ts]]),
    io:format("~p~n", [[begin {_, R} = spawn_monitor(erlang, exit, [{r, T}]), receive {'DOWN', R, _, _, {r, U}} -> U =:= T end end || T <- Ts]]),
    X = lists:seq(1, 10),
    self() ! {X, X, [X | X]},
    receive {A, B, [C | D]} -> io:format("~p~n", [[A =:= B, C =:= D, A =:= C]]) end.
