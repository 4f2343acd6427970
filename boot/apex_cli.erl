%% SPDX-License-Identifier: Apache-2.0
%% What the apex command asks of a sandbox: terms from text, results and failures as text.
-module(apex_cli).
-export([parse/1, call/1, show/2]).

%% The terms that some texts are. Exits with a message on standard error.
parse(Texts) ->
    [term(T) || T <- Texts].

term(Text) ->
    Chars = unicode:characters_to_list(Text),
    case erl_scan:string(Chars ++ ".", 1, [text]) of
        {ok, Tokens, _} ->
            case erl_parse:parse_exprs(Tokens) of
                {ok, [Expression]} -> normal_form(Expression, Text);
                _ -> not_a_term(Text)
            end;
        _ ->
            not_a_term(Text)
    end.

normal_form(Expression, Text) ->
    try erl_parse:normalise(Expression)
    catch error:_ -> not_a_term(Text)
    end.

not_a_term(Text) ->
    io:format(standard_error, "apex: not an Erlang term: ~ts~n", [Text]),
    exit({not_a_term, Text}).

%% [Module, Function | Arguments], all texts: evaluates, prints the value.
call([Module, Function | Texts]) ->
    Args = parse(Texts),
    Value = apply(binary_to_atom(Module), binary_to_atom(Function), Args),
    io:format("~tp~n", [Value]).

%% Why a process ended, as the shell shows an exception.
show(Class, Reason) ->
    {Why, Stack} = split(Class, Reason),
    Format = fun(Term, Column) -> io_lib:format("~." ++ integer_to_list(Column) ++ "tP", [Term, 50]) end,
    Skip = fun(Module, _, _) -> Module =:= ?MODULE end,
    Text = erl_error:format_exception(1, binary_to_atom(Class), Why, Stack, Skip, Format, unicode),
    io:put_chars(standard_error, ["** ", Text, $\n]).

split(<<"error">>, {Why, Stack}) when is_list(Stack) -> {Why, Stack};
split(_, Why) -> {Why, []}.
