%% SPDX-License-Identifier: Apache-2.0
%% Arrays of atomics and counters: values, wrapping, errors.
-module(atomics_and_counters).
-export([main/0]).

main() ->
    New = fun(Signed) -> atomics:new(3, [{signed, Signed}]) end,
    show(fun() -> {atomics:info(atomics:new(1, [])), atomics:info(New(false)), atomics:info(atomics:new(100, []))} end),
    Try = fun(F) -> show(fun() -> try F() catch C:E:T -> {M, N, A, I} = hd(T), {C, E, M, N, length(A), proplists:get_value(error_info, I)} end end) end,
    [Try(fun() -> R = New(S), atomics:put(R, I, V), atomics:get(R, I) end)
     || S <- [true, false], {I, V} <- [{1, 5}, {3, -5}, {0, 1}, {4, 1}, {a, 1}, {1, a}, {1, 1 bsl 63}, {1, (1 bsl 63) - 1},
                                       {1, -(1 bsl 63)}, {1, -(1 bsl 63) - 1}, {1, 1 bsl 64}, {1, (1 bsl 64) - 1}]],
    [Try(fun() -> R = New(S), atomics:put(R, 1, P), ok = atomics:add(R, 1, V), atomics:get(R, 1) end)
     || S <- [true, false], {P, V} <- [{0, -1}, {(1 bsl 63) - 1, 1}, {0, 1 bsl 63}, {0, (1 bsl 64) - 1}, {0, 1 bsl 64}, {0, -(1 bsl 63)},
                                       {0, -(1 bsl 63) - 1}, {0, a}, {5, -6}]],
    Try(fun() -> R = New(true), {atomics:add_get(R, 1, 7), atomics:sub_get(R, 1, 8), atomics:sub(R, 1, 1), atomics:exchange(R, 1, 3), atomics:get(R, 1)} end),
    Try(fun() -> R = New(true), {atomics:compare_exchange(R, 1, 0, 5), atomics:compare_exchange(R, 1, 0, 6), atomics:get(R, 1)} end),
    Try(fun() -> atomics:compare_exchange(New(true), 1, 1 bsl 64, 5) end),
    Try(fun() -> atomics:compare_exchange(New(true), 1, 1, x) end),
    [Try(fun() -> atomics:get(X, 1) end) || X <- [make_ref(), a, element(2, counters:new(1, [write_concurrency]))]],
    [Try(fun() -> atomics:info(X) end) || X <- [make_ref(), a]],
    [Try(fun() -> atomics:new(N, O) end)
     || {N, O} <- [{0, []}, {a, []}, {-1, []}, {1 bsl 62, []}, {1 bsl 70, []}, {-(1 bsl 70), []}, {1, [foo]}, {1, foo}, {1, [{signed, x}]}]],
    [begin
         Try(fun() -> R = counters:new(3, O), maps:get(size, counters:info(R)) end),
         Try(fun() -> R = counters:new(3, O), counters:add(R, 1, 1), counters:sub(R, 1, 5), counters:get(R, 1) end),
         [Try(fun() -> R = counters:new(3, O), counters:put(R, I, V), counters:get(R, I) end)
          || {I, V} <- [{1, 7}, {1, 1 bsl 63}, {1, 1 bsl 64}, {1, (1 bsl 63) - 1}, {4, 1}, {0, 1}, {a, 1}, {1, a}]],
         Try(fun() -> R = counters:new(3, O), counters:put(R, 1, (1 bsl 63) - 1), counters:add(R, 1, 1), counters:get(R, 1) end),
         Try(fun() -> counters:add(counters:new(3, O), 1, a) end),
         Try(fun() -> counters:add(counters:new(3, O), 4, 1) end)
     end || O <- [[], [atomics], [write_concurrency]]],
    [Try(fun() -> counters:new(N, O) end)
     || {N, O} <- [{3, [foo]}, {0, []}, {0, [write_concurrency]}, {a, [write_concurrency]}, {1 bsl 62, [write_concurrency]}, {3, foo}]],
    %% Shared by processes, and alive as long as somebody holds it.
    Shared = counters:new(1, []),
    Self = self(),
    [spawn(fun() -> counters:add(Shared, 1, 1), Self ! done end) || _ <- lists:seq(1, 50)],
    [receive done -> ok end || _ <- lists:seq(1, 50)],
    show(fun() -> counters:get(Shared, 1) end).

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
