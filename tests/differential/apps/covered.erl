%% SPDX-License-Identifier: Apache-2.0
%% cover counts what is executed of a module that it has compiled from its abstract code.
-module(covered).
-export([main/0]).

main() ->
    io:format("~p~n", [is_pid(element(2, cover:start()))]),
    Forms = [{attribute, 1, file, {"m.erl", 1}}, {attribute, 1, module, m}, {attribute, 2, export, [{f, 1}]},
             {function, 3, f, 1, [{clause, 3, [{integer, 3, 1}], [], [{atom, 3, one}]},
                                  {clause, 4, [{var, 4, 'X'}], [[{op, 4, '>', {var, 4, 'X'}, {integer, 4, 5}}]], [{atom, 5, large}]},
                                  {clause, 6, [{var, 6, '_'}], [], [{atom, 7, other}]}]}],
    {ok, m, Beam} = compile:forms(Forms, [debug_info, {source, "m.erl"}]),
    {module, m} = code:load_binary(m, "m.beam", Beam),
    io:format("~p~n", [cover:compile_beam([{m, Beam}])]),
    io:format("~p~n", [[m:f(X) || X <- [1, 9, 2, 9]]]),
    [io:format("~p~n", [cover:analyse(m, What, Level)])
     || What <- [calls, coverage], Level <- [module, function, clause, line]],
    io:format("~p~n", [cover:reset(m)]),
    io:format("~p~n", [cover:analyse(m, calls, line)]),
    io:format("~p~n", [cover:analyse(lists, calls, line)]),
    io:format("~p~n", [cover:compile_beam(no_such_module)]),
    io:format("~p ~p~n", [cover:modules(), element(1, cover:is_compiled(m))]),
    io:format("~p~n", [cover:stop()]).
