%% SPDX-License-Identifier: Apache-2.0
%% Tools that read and change code: erl_lint, records expanded, disassembly, merl, igor, core
%% Erlang as text and back, zip and tar archives in memory.
% skip-stress: works on whole modules of the library
-module(tools_on_code).
-include_lib("syntax_tools/include/merl.hrl").
-export([main/0]).

main() ->
    [begin
         Forms = forms(M),
         show({M, catch_error(fun() -> {ok, W} = erl_lint:module(Forms, "x", []), W end)}),
         show(erlang:phash2(erl_expand_records:module(Forms, []))),
         {ok, M, Core} = compile:forms(Forms, [to_core, binary]),
         Text = lists:flatten(core_pp:format(Core)),
         {ok, Tokens, _} = core_scan:string(Text),
         {ok, Back} = core_parse:parse(Tokens),
         show({length(Text), erlang:phash2(Text), core_lint:module(Back)}),
         {ok, M, Beam} = compile:forms(Forms, [deterministic]),
         {beam_file, M, Exports, _, _, Code} = beam_disasm:file(Beam),
         show({length(Exports), erlang:phash2(Code), beam_validator:validate(element(2, {ok, asm(Forms)}), strong)})
     end || M <- [queue, proplists, erl_posix_msg]],
    faults(),
    templates(),
    archives(),
    show(erl_syntax_lib:fold(fun(N, Acc) -> maps:update_with(erl_syntax:type(N), fun(C) -> C + 1 end, 1, Acc) end, #{},
                             erl_syntax:form_list(forms(queue)))),
    Vars = sets:to_list(erl_syntax_lib:variables(erl_syntax:form_list(forms(timer)))),
    show(lists:sort(Vars)).

asm(Forms) ->
    {ok, _, Asm} = compile:forms(Forms, [to_asm, binary]),
    Asm.

faults() ->
    [show(compiled(T))
     || T <- ["f() -> X.", "f(X) -> Y = X.", "f() -> g().", "f(1) -> a; f(1) -> b.", "f() -> case x of x -> X = 1 end, X.",
              "-record(r, {a}). f() -> #r{b = 1}.", "f(A, A) -> A + a.", "f() -> fun(X) -> X end.", "f() -> 1 + a.",
              "f() -> << <<X>> || X <- Y >>.", "f(X) when g(X) -> ok.", "-spec f() -> undefined_type(). f() -> ok.", "f() -> ok. f() -> ok.",
              "f(#{a := X}) -> X#{b := X}.", "-export([g/1]). f() -> ok.", "f() -> try ok catch _:_:S when S =:= [] -> S end.",
              "f() -> receive after x -> ok end.", "f() -> {ok, _} = error, unreachable()."]].

compiled(Text) ->
    {ok, Tokens, _} = erl_scan:string("-module(m). -compile(export_all). " ++ Text, {1, 1}),
    Forms = split(Tokens, [], []),
    catch_error(fun() ->
        case compile:forms(Forms, [return, nowarn_export_all]) of
            {ok, m, _, Warnings} -> {ok, said(Warnings)};
            {error, Errors, Warnings} -> {error, said(Errors), said(Warnings)}
        end
    end).

said(List) -> [{Where, lists:flatten(Module:format_error(What))} || {_, L} <- List, {Where, Module, What} <- L].

split([], [], Acc) -> lists:reverse(Acc);
split([{dot, _} = Dot | Rest], Now, Acc) ->
    {ok, Form} = erl_parse:parse_form(lists:reverse([Dot | Now])),
    split(Rest, [], [Form | Acc]);
split([T | Rest], Now, Acc) -> split(Rest, [T | Now], Acc).

templates() ->
    Body = merl:quote("case _@x of 1 -> _@@rest; Other -> {Other, _@y} end"),
    Sub = merl:subst(Body, [{x, merl:quote("f(A)")}, {rest, [merl:quote("a"), merl:quote("b(C)")]}, {y, merl:term(#{k => [1, 2.5, "s"]})}]),
    show(erl_prettypr:format(Sub)),
    show(merl:match(merl:quote("foo(_@args, 3)"), merl:quote("foo({1, X}, 3)"))),
    show(erl_prettypr:format(erl_syntax:form_list(merl:quote(["-module(m).", "f(X) when X > 0, is_integer(X); X =:= a -> [Y || Y <- X, Y > 1];",
                                                              "f(_) -> fun(Z) -> try Z() of ok -> 1 catch throw:T -> T after done end end."])))).

archives() ->
    Files = [{"a.txt", <<"some text">>}, {"d/b.bin", binary:copy(<<1, 2, 3, 0>>, 5000)}, {"empty", <<>>}],
    {ok, {"x.zip", Zip}} = zip:create("x.zip", Files, [memory]),
    {ok, Unzipped} = zip:unzip(Zip, [memory]),
    show(lists:sort(Unzipped) =:= lists:sort(Files)),
    {ok, [{zip_comment, _} | Listed]} = zip:list_dir(Zip),
    show([element(2, F) || F <- Listed]),
    {error, _} = zip:unzip(binary:part(Zip, 0, 50), [memory]),
    show(erlang:crc32(zlib:gzip(binary:copy(<<"abc">>, 100000))) > 0).

forms(M) ->
    {ok, Beam} = file:read_file(code:which(M)),
    {ok, {M, [{abstract_code, {raw_abstract_v1, Forms}}]}} = beam_lib:chunks(Beam, [abstract_code]),
    Forms.

catch_error(F) ->
    try F()
    catch C:R:Trace -> {C, R, [{M, N} || {M, N, _, _} <- lists:sublist(Trace, 3)]}
    end.

show(Term) -> io:format("~p~n", [Term]).
