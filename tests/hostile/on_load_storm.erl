% SPDX-License-Identifier: Apache-2.0
%% Modules whose on_load function fails, crashes, loads itself or never ends.
% hostile: 66 56
% verdict: done or deadline
% limits: deadline=4s
-module(on_load_storm).
-export([main/0]).

main() ->
    [begin
         Forms = [{attribute, 1, module, bad_load}, {attribute, 1, on_load, {f, 0}},
                  {function, 1, f, 0, [{clause, 1, [], [], Body}]}],
         {ok, _, Beam} = compile:forms(Forms, []),
         {P, R} = spawn_monitor(fun() -> code:load_binary(bad_load, "hostile", Beam) end),
         receive {'DOWN', R, process, P, _} -> ok after 100 -> exit(P, kill) end,
         catch code:purge(bad_load)
     end || Body <- [parse("not_ok."), parse("error(no)."), parse("exit(self(), kill)."), parse("throw(x)."),
                     parse("code:load_file(bad_load)."), parse("receive never -> ok end.")]],
    ok.
parse(Text) -> {ok, T, _} = erl_scan:string(Text), {ok, E} = erl_parse:parse_exprs(T), E.
