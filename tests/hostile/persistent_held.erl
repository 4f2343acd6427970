% SPDX-License-Identifier: Apache-2.0
%% Persistent terms are replaced and erased while they, and parts of them, are held wherever a
%% process can hold a term. What is held stays what it was.
% hostile: 10 56
% verdict: done
-module(persistent_held).
-export([main/0, sleep/3, asleep/3]).

main() ->
    Kinds = [dictionary, mailbox, table, tree, compressed, heir, timer, tag, arguments, environment,
             stack, hibernated, part, context, inner, spec, reason, message_later, in_fun, iterator,
             suspended, result, alias],
    [round(N, Kinds) || N <- lists:seq(1, 12)],
    ok.

round(N, Kinds) ->
    Holders = [hold(K, N) || K <- Kinds],
    %% Enough for searches.
    [begin
         persistent_term:put({k, K}, term(N + 100)), persistent_term:erase({k, K}),
         persistent_term:put(junk, lists:seq(K, K + 5000))
     end || K <- lists:seq(1, 12)],
    [erlang:garbage_collect(P) || P <- processes(), P =/= self()],
    [persistent_term:put({junk, K}, lists:seq(K, K + 9000)) || K <- lists:seq(1, 10)],
    [persistent_term:erase({junk, K}) || K <- lists:seq(1, 10)],
    [check(H, N) || H <- Holders],
    ok.

%% Lists, maps, binaries of both kinds, a fun, large integers.
term(N) ->
    B = binary:copy(<<N:32>>, 500),
    {N, lists:seq(N, N + 300), maps:from_list([{{I, N}, [I]} || I <- lists:seq(1, 60)]), B,
     binary:part(B, 3, 1500), <<N:300>>, fun() -> {N, B} end, 1 bsl (1000 + N), [[B]],
     [{I, <<I:64, N:64>>} || I <- lists:seq(1, 50)]}.

same(A, N) ->
    B = term(N),
    F = element(7, A),
    {N, _} = F(),
    true = setelement(7, A, x) =:= setelement(7, B, x),
    erlang:phash2(setelement(7, A, x)) =:= erlang:phash2(setelement(7, B, x)).

fresh(N) ->
    Key = make_ref(),
    persistent_term:put(Key, term(N)),
    T = persistent_term:get(Key),
    {Key, T}.

%% Somebody holds the term in one way and gives it back when asked.
hold(Kind, N) ->
    Me = self(),
    Holder = spawn_link(fun() ->
        {Key, T} = fresh(N),
        keep(Kind, T, fun() -> persistent_term:erase(Key), Me ! {self(), ready} end)
    end),
    receive {Holder, ready} -> ok end,
    [erlang:suspend_process(Holder) || Kind =:= suspended],
    {Kind, Holder}.

check({Kind, Holder}, N) ->
    Holder ! {give, self()},
    [erlang:resume_process(Holder) || Kind =:= suspended],
    receive {Holder, T} -> ok after 20000 -> T = exit({gone, Kind}) end,
    try true = same(T, N) catch _:_ -> exit({changed, Kind}) end,
    unlink(Holder), exit(Holder, kill).

answer(T) -> receive {give, To} -> To ! {self(), T} end.

keep(dictionary, T, Ready) -> put({key, T}, {value, T}), Ready(), ask_dictionary();
keep(mailbox, T, Ready) -> self() ! {held, T}, Ready(), receive {give, To} -> receive {held, H} -> To ! {self(), H} end end;
keep(table, T, Ready) -> E = ets:new(t, []), ets:insert(E, {T, T}), Ready(), answer_with(fun() -> ets:first(E) end);
keep(tree, T, Ready) -> E = ets:new(t, [ordered_set]), ets:insert(E, {[T], T}), Ready(), answer_with(fun() -> hd(ets:last(E)) end);
keep(compressed, T, Ready) -> E = ets:new(t, [bag, compressed]), ets:insert(E, {x, T}), Ready(), answer_with(fun() -> [{x, H}] = ets:lookup(E, x), H end);
keep(heir, T, Ready) ->
    Me = self(),
    P = spawn(fun() -> ets:new(t, [{heir, Me, T}]), Me ! made, receive 'end' -> ok end end),
    receive made -> ok end,
    Ready(),
    answer_with(fun() -> P ! 'end', receive {'ETS-TRANSFER', _, _, H} -> H end end);
keep(timer, T, Ready) -> erlang:start_timer(60, self(), T), Ready(), answer_with(fun() -> receive {timeout, _, H} -> H end end);
keep(tag, T, Ready) ->
    P = spawn(fun() -> receive 'end' -> ok end end),
    monitor(process, P, [{tag, T}]),
    Ready(),
    answer_with(fun() -> P ! 'end', receive {H, _, process, _, _} -> H end end);
keep(arguments, T, Ready) ->
    P = spawn(?MODULE, sleep, [T, self(), x]),
    Ready(),
    answer_with(fun() -> P ! go, receive {slept, H} -> H end end);
keep(environment, T, Ready) -> F = fun() -> T end, Ready(), answer_with(F);
keep(stack, T, Ready) -> Ready(), deep(200), answer(T);
keep(hibernated, T, Ready) -> Ready(), erlang:hibernate(?MODULE, asleep, [T, 1, 2]);
keep(part, T, Ready) -> P = element(10, T), F = element(7, T), Ready(), answer_with(fun() -> {N, B} = F(), 3 = length(lists:sublist(P, 3)), setelement(10, setelement(9, setelement(1, term(N), N), [[B]]), P) end);
keep(context, T, Ready) -> context(element(4, T), Ready, []);
keep(inner, T, Ready) ->
    persistent_term:put({inner, self()}, [element(4, T), T]),
    Ready(),
    answer_with(fun() -> [_, H] = persistent_term:get({inner, self()}), persistent_term:erase({inner, self()}), H end);
keep(spec, T, Ready) ->
    M = ets:match_spec_compile([{'_', [], [{const, T}]}]),
    Ready(),
    answer_with(fun() -> [H] = ets:match_spec_run([{x}], M), H end);
keep(reason, T, Ready) ->
    {P, Ref} = spawn_monitor(fun() -> receive 'end' -> exit(T) end end),
    Ready(),
    answer_with(fun() -> P ! 'end', receive {'DOWN', Ref, _, _, H} -> H end end);
keep(message_later, T, Ready) -> erlang:send_after(60, self(), {held, T}), Ready(), answer_with(fun() -> receive {held, H} -> H end end);
keep(in_fun, T, Ready) ->
    P = spawn(fun() -> receive {run, F} -> F() end end),
    Me = self(),
    P ! {run, fun() -> receive go -> Me ! {slept, T} end end},
    Ready(),
    answer_with(fun() -> P ! go, receive {slept, H} -> H end end);
keep(iterator, T, Ready) ->
    I = maps:iterator(#{a => T}),
    Big = maps:iterator(maps:from_list([{{J, T}, T} || J <- lists:seq(1, 40)])),
    {_, _, Rest} = maps:next(Big),
    Ready(),
    answer_with(fun() -> {a, H, none} = maps:next(I), {_, H, _} = maps:next(Rest), H end);
keep(suspended, T, Ready) ->
    Ready(), answer(T);
keep(result, T, Ready) ->
    X = catch throw(T),
    Ready(),
    answer(X);
keep(alias, T, Ready) ->
    A = alias([reply]),
    P = spawn(fun() -> receive go -> A ! T end end),
    Ready(),
    answer_with(fun() -> P ! go, receive H when is_tuple(H), element(1, H) =/= give -> H end end).

answer_with(F) -> receive {give, To} -> To ! {self(), F()} end.

ask_dictionary() ->
    receive {give, To} -> [{{key, T}, {value, T}}] = get(), To ! {self(), T} end.

sleep(T, Me, x) -> receive go -> Me ! {slept, T} end.

asleep(T, 1, 2) -> answer(T).

deep(0) -> ok;
deep(N) -> deep(N - 1), N.

%% In the middle of a binary, and with a writable one behind it.
context(<<N:32, Rest/binary>>, Ready, _) ->
    Begun = <<Rest:100/binary, 1, 2, 3>>,
    Ready(),
    receive {give, To} -> ok end,
    <<M:32, _/binary>> = Rest,
    N = M,
    <<N:32, _/binary>> = <<Begun/binary, Rest/binary>>,
    To ! {self(), term(N)}.
