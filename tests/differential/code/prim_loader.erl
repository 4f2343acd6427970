%% SPDX-License-Identifier: Apache-2.0
%% The loader has a path of its own, in which it looks for names without a directory.
-module(prim_loader).
-export([main/0]).

main() ->
    {ok, Path} = erl_prim_loader:get_path(),
    [io:format("~p~n", [outcome(fun() -> file(erl_prim_loader:get_file(Name)) end)])
     || Name <- ["lists.beam", 'lists.beam', lists, "lists", "no_such_module.beam", no_such_module, {lists}, 1,
                 "kernel.app", "./lists.beam", "ebin/lists.beam", code:which(lists)]],
    CodePath = code:get_path(),
    Longer = Path ++ ["no_such_dir", "/no/such/dir"],
    show(fun() -> {erl_prim_loader:set_path(Longer), erl_prim_loader:get_path() =:= {ok, Longer}, code:get_path() =:= CodePath} end),
    show(fun() -> {erl_prim_loader:set_path(["/no/such/dir", 'an.atom']), erl_prim_loader:get_path()} end),
    show(fun() -> erl_prim_loader:get_file("lists.beam") end),
    show(fun() -> erl_prim_loader:set_path(no_path) end),
    show(fun() -> {erl_prim_loader:set_path(Path), erl_prim_loader:get_path() =:= {ok, Path}} end),
    show(fun() -> file(erl_prim_loader:get_file("lists.beam")) end).

file({ok, Binary, Name}) -> {is_binary(Binary), filename:basename(Name), filename:pathtype(Name)};
file(Other) -> Other.

show(F) -> io:format("~p~n", [outcome(F)]).

outcome(F) ->
    try F()
    catch C:E -> {C, E}
    end.
