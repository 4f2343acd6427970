%% SPDX-License-Identifier: Apache-2.0
%% Whole modules of the library as text: erl_prettypr of their abstract code, which is scanned and
%% parsed to the same forms again.
% skip-stress: works on whole modules of the library
-module(modules_printed).
-export([main/0]).

main() ->
    [show(M) || M <- [gb_sets, proplists, orddict, timer, array]].

show(M) ->
    {ok, Beam} = file:read_file(code:which(M)),
    {ok, {M, [{abstract_code, {raw_abstract_v1, Forms}}]}} = beam_lib:chunks(Beam, [abstract_code]),
    Text = erl_prettypr:format(erl_syntax:form_list(Forms), [{paper, 100}, {ribbon, 80}]),
    Plain = [erl_pp:form(Form) || Form <- Forms],
    io:format("~p ~p ~p ~p~n", [M, length(Text), erlang:phash2(Text), erlang:phash2(lists:flatten(Plain))]),
    {Count, Hash} = parsed(Text),
    io:format("  ~p forms ~p~n", [Count, Hash]),
    Info = erl_syntax_lib:analyze_forms(Forms),
    io:format("  ~p functions ~p ~p~n",
              [length(proplists:get_value(functions, Info)), erlang:phash2(Info),
               erlang:phash2([erl_syntax_lib:variables(F) || F <- Forms, element(1, F) =:= function])]).

parsed(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    Forms = forms(Tokens, [], []),
    {length(Forms), erlang:phash2([erl_parse:map_anno(fun(_) -> 0 end, F) || F <- Forms])}.

forms([], [], Acc) -> lists:reverse(Acc);
forms([{dot, _} = Dot | Rest], Now, Acc) ->
    {ok, Form} = erl_parse:parse_form(lists:reverse([Dot | Now])),
    forms(Rest, [], [Form | Acc]);
forms([Token | Rest], Now, Acc) -> forms(Rest, [Token | Now], Acc).
