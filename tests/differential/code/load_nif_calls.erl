%% SPDX-License-Identifier: Apache-2.0
%% load_nif is an instruction of the module that it is called from; any other call is refused.
-module(load_nif_calls).
-export([main/0, direct/1, wait_and_load/1]).

main() ->
    Path = id("/nowhere/library"),
    show(fun() -> erlang:load_nif(Path, 0) end),
    show(fun() -> direct(Path) end),
    show(fun() -> apply(erlang, load_nif, [Path, 0]) end),
    show(fun() -> apply(id(erlang), load_nif, [Path, 0]) end),
    show(fun() -> apply(erlang, load_nif, id([Path, 0])) end),
    show(fun() -> (id(erlang)):load_nif(Path, 0) end),
    show(fun() -> erlang:(id(load_nif))(Path, 0) end),
    show(fun() -> (id(fun erlang:load_nif/2))(Path, 0) end),
    show(fun() -> apply(id(fun erlang:load_nif/2), [Path, 0]) end),
    show(fun() -> lists:foldl(fun erlang:load_nif/2, 0, [Path]) end),
    show(fun() -> lists:foldl(fun erlang:load_nif/2, 0, [{no, path}]) end),
    show(fun() ->
             {value, Value, _} = erl_eval:expr({call, 1, {remote, 1, {atom, 1, erlang}, {atom, 1, load_nif}},
                                                [{string, 1, Path}, {integer, 1, 0}]}, []),
             Value
         end),
    {_, Monitor} = spawn_monitor(erlang, load_nif, [{no, path}, 0]),
    receive {'DOWN', Monitor, process, _, Reason} -> io:format("~p~n", [Reason]) end,
    [show(fun() -> erlang:load_nif(Name, 0) end)
     || Name <- [a, 1, <<"/nowhere/x">>, ["/nowhere/", "x"], "", <<>>, [[], []], "/nowhere/\x{400}\x{e4}", [0],
                 <<"/nowhere/a", 0, "b">>, <<"/nowhere/", 228>>, [$a, "b", [$c]], [$a, 16#d800], [<<"a">>],
                 [$a | $b], "/nowhere/a\nb", [-1], [16#110000], [a], {}, #{}]],
    of_old_code().

direct(Path) -> erlang:load_nif(Path, 0).

%% From code that is not the module's any more.
of_old_code() ->
    {ok, Binary} = file:read_file(code:which(?MODULE)),
    {Pid, Monitor} = spawn_monitor(?MODULE, wait_and_load, ["/nowhere/x"]),
    {module, ?MODULE} = code:load_binary(?MODULE, "again", Binary),
    Pid ! go,
    receive {'DOWN', Monitor, process, Pid, Reason} -> io:format("~p~n", [Reason]) end.

wait_and_load(Path) ->
    receive go -> exit(erlang:load_nif(Path, 0)) end.

show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~0p~n", [R]).

id(X) -> X.
