% SPDX-License-Identifier: Apache-2.0
%% Evaluated code can do what other code can, and no more.
% hostile: 78 64
% verdict: halted 5
-module(eval_escape).
-export([main/0]).

main() ->
    eval("case file:read_file(\"/etc/passwd\") of {error, _} -> ok end."),
    eval("case catch open_port({spawn, \"sh\"}, []) of {'EXIT', _} -> ok end."),
    eval("case catch apply(list_to_atom(\"erl\" ++ \"ang\"), open_port, [{spawn, \"sh\"}, []]) of {'EXIT', _} -> ok end."),
    eval("apply(list_to_atom(\"erlang\"), list_to_atom(\"halt\"), [5]).").
eval(Text) ->
    {ok, T, _} = erl_scan:string(Text), {ok, E} = erl_parse:parse_exprs(T),
    {value, V, _} = erl_eval:exprs(E, []), V.
