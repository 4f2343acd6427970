% SPDX-License-Identifier: Apache-2.0
%% Tables that go from heir to heir as each of them ends.
% hostile: 9 38
% verdict: done
% limits: deadline=5s
-module(ets_heirs).
-export([main/0]).

main() -> chain(2000, self()), receive {'ETS-TRANSFER', _, _, last} -> ok end.
chain(0, _) -> ok;
chain(N, Main) ->
    Next = spawn(fun() -> wait(N, Main) end),
    T = ets:new(t, [{heir, Next, N}]),
    spawn(fun() -> receive after 20 -> ok end end),
    ets:give_away(T, Next, first),
    chain(N - 1, Main).
wait(N, Main) ->
    receive {'ETS-TRANSFER', T, _, first} ->
        ets:setopts(T, {heir, Main, last}),
        if N =:= 1 -> receive after 30 -> ok end; true -> ok end
    end.
