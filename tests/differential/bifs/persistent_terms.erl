%% SPDX-License-Identifier: Apache-2.0
%% persistent_term: put, get, erase, and terms that outlive their key.
-module(persistent_terms).
-export([main/0]).

main() ->
    show(fun() -> persistent_term:get(id({?MODULE, none})) end),
    show(fun() -> persistent_term:get({?MODULE, none}, default) end),
    Values = [1, a, 1.5, 1 bsl 80, "text", {a, [b | c]}, #{k => [1, 2]}, <<"short">>, binary:copy(<<"long">>, 100), [], fun lists:map/2,
              make_ref(), self(), maps:from_list([{I, {I}} || I <- lists:seq(1, 100)]), atomics:new(1, [])],
    [persistent_term:put({?MODULE, I}, V) || {I, V} <- lists:zip(lists:seq(1, length(Values)), Values)],
    erlang:garbage_collect(),
    show(fun() -> [persistent_term:get({?MODULE, I}) =:= V || {I, V} <- lists:zip(lists:seq(1, length(Values)), Values)] end),
    show(fun() -> length([K || {{?MODULE, K}, _} <- persistent_term:get()]) end),
    Old = persistent_term:get({?MODULE, 9}),
    show(fun() -> [persistent_term:put({?MODULE, 9}, new), persistent_term:get({?MODULE, 9}), byte_size(Old)] end),
    show(fun() -> [persistent_term:erase({?MODULE, 7}), persistent_term:erase({?MODULE, 7}), persistent_term:get({?MODULE, 7}, gone)] end),
    show(fun() -> {persistent_term:put(1, int), persistent_term:put(1.0, float), persistent_term:get(1), persistent_term:get(1.0)} end),
    %% Many keys, half of them erased again.
    [persistent_term:put({many, I}, {value, I}) || I <- lists:seq(1, 500)],
    [persistent_term:erase({many, I}) || I <- lists:seq(1, 500), I rem 2 =:= 0],
    show(fun() -> [persistent_term:get({many, I}, none) || I <- lists:seq(1, 500)] =:=
                  [case I rem 2 of 0 -> none; 1 -> {value, I} end || I <- lists:seq(1, 500)] end),
    %% Another process sees the same term and may send it on.
    Self = self(),
    spawn(fun() -> T = persistent_term:get({?MODULE, 14}), Self ! {copy, T} end),
    show(fun() -> receive {copy, T} -> T =:= persistent_term:get({?MODULE, 14}) end end),
    show(fun() -> #{count := C, memory := M} = persistent_term:info(), C > 250 andalso M > 0 end).

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
