%% SPDX-License-Identifier: Apache-2.0
%% Persistent terms that are replaced again and again: what nobody holds goes, the rest stays whole.
-module(persistent_terms_replaced).
-export([main/0]).
% args: --memory 48M

main() ->
    Table = ets:new(kept, [public]),
    Main = self(),
    Keeper = spawn_link(fun() -> keep(Main, []) end),
    Sleeper = spawn_link(fun() -> receive go -> Main ! {slept, check(received([]))} end end),
    Mine = [begin
                persistent_term:put(key, value(N)),
                if N rem 100 =:= 0 ->
                        ets:insert(Table, {N, persistent_term:get(key)}),
                        Keeper ! keep,
                        Sleeper ! persistent_term:get(key),
                        receive kept -> ok end,
                        persistent_term:put({kept, N}, {wrapped, persistent_term:get(key)}),
                        [persistent_term:get(key)];
                   true ->
                        []
                end
            end || N <- lists:seq(1, 10000)],
    %% Only a part of some values is held, and others lead to others that are replaced too.
    Parts = [begin
                 persistent_term:put(chain, {N, element(2, persistent_term:get(chain, {0, none}))}),
                 persistent_term:put(chain, {part, [N, {persistent_term:get(chain)}]}),
                 element(2, persistent_term:get(chain))
             end || N <- lists:seq(1, 50)],
    [persistent_term:put(other, value(N)) || N <- lists:seq(1, 2000)],
    io:format("~p~n", [check(lists:append(Mine))]),
    io:format("~p~n", [check([V || {_, V} <- ets:tab2list(Table)])]),
    io:format("~p~n", [check([element(2, persistent_term:get({kept, N})) || N <- lists:seq(100, 10000, 100)])]),
    io:format("~p~n", [erlang:phash2(Parts)]),
    io:format("~p~n", [erlang:phash2(hd(lists:reverse(Parts)))]),
    Keeper ! done,
    Sleeper ! go,
    io:format("~p~n", [receive {slept, S} -> S end]),
    io:format("~p~n", [receive {kept_all, Kept} -> check(Kept) end]),
    %% Erased ones go as well.
    [begin persistent_term:put({many, N}, value(N)), persistent_term:erase({many, N - 1}) end || N <- lists:seq(1, 10000)],
    io:format("~p~n", [[N || {{many, N}, _} <- persistent_term:get()]]),
    Eraser = self(),
    {Child, M} = spawn_monitor(fun() ->
        V = persistent_term:get({many, 10000}),
        Eraser ! got,
        receive die -> exit(V) end
    end),
    receive got -> Child ! die end,
    persistent_term:erase({many, 10000}),
    [persistent_term:put(other, value(N)) || N <- lists:seq(1, 2000)],
    io:format("~p~n", [receive {'DOWN', M, _, _, Gone} -> check([Gone]) end]).

value(N) -> {N, lists:seq(N, N + 100), binary:copy(<<N:32>>, 50), #{N => "text"}, fun() -> N end}.

keep(Main, Kept) ->
    receive
        keep -> V = persistent_term:get(key), Main ! kept, keep(Main, [V | Kept]);
        done -> Main ! {kept_all, Kept}
    end.

received(L) -> receive V -> received([V | L]) after 0 -> L end.

check(Values) ->
    {length(Values), lists:all(fun({N, _, _, _, F} = V) ->
                                       F() =:= N andalso setelement(5, V, f) =:= setelement(5, value(N), f)
                               end, Values)}.
