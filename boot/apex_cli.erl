%% SPDX-License-Identifier: Apache-2.0
%% What the apex command asks of a sandbox: terms from text, results and failures as text.
-module(apex_cli).
-export([parse/1, call/1, show/3, finish/1]).

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

%% Why a process ended, as the shell shows an exception, Elixir's as its command does. Where is
%% the stack trace of an exit, or the pid when the exit came as a signal; that of an error is in
%% the reason. The value is the exit status.
show(<<"error">>, {Why, Stack}, _Where) when is_list(Stack) ->
    show(error, Why, Stack, apex_services:is_elixir_program());
show(Class, Why, Where) ->
    show(binary_to_atom(Class), Why, Where, apex_services:is_elixir_program()).

show(exit, Why, Pid, true) when is_pid(Pid) -> show_elixir({'EXIT', Pid}, Why, []);
show(Class, Why, Stack, true) -> show_elixir(Class, Why, Stack);
show(error, Why, Stack, false) -> show_erlang(error, Why, Stack);
show(Class, Why, _Where, false) -> show_erlang(Class, Why, []).

show_erlang(Class, Why, Stack) ->
    Format = fun(Term, Column) -> io_lib:format("~." ++ integer_to_list(Column) ++ "tP", [Term, 50]) end,
    Skip = fun(Module, _, _) -> Module =:= ?MODULE end,
    Text = erl_error:format_exception(1, Class, Why, Stack, Skip, Format, unicode),
    io:put_chars(standard_error, ["** ", Text, $\n]),
    1.

show_elixir(exit, {shutdown, Status}, _) when is_integer(Status) ->
    Status;
show_elixir(exit, {shutdown, _}, _) ->
    0;
show_elixir(exit, Reason, _) when Reason =:= normal; Reason =:= shutdown ->
    0;
show_elixir(error, {nocatch, Value}, Stack) ->
    show_elixir(throw, Value, Stack);
show_elixir(Class, Why, Stack) ->
    Text = 'Elixir.Kernel.CLI':format_error(Class, Why, Stack),
    io:put_chars(standard_error, Text),
    1.

%% After the program: what it has sent to its logger is printed, and Elixir's hooks run, as
%% Elixir's command does before it ends with Status. The value is the status to end with.
finish(Text) ->
    Status = at_exit(binary_to_integer(Text)),
    await_reports(),
    %% A look that starts nothing.
    lists:member('Elixir.Logger', registered()) andalso 'Elixir.Logger':flush(),
    Status.

await_reports() ->
    Report = {initial_call, {apex_services, report, 4}},
    Monitors = [monitor(process, P) || P <- processes(), process_info(P, initial_call) =:= Report],
    %% The first report starts the logger, which takes its time; a handler may take for ever.
    Timer = erlang:start_timer(30000, self(), patience),
    await_downs(Monitors, Timer).

await_downs([], _) ->
    ok;
await_downs([Monitor | Monitors], Timer) ->
    receive
        {'DOWN', Monitor, process, _, _} -> await_downs(Monitors, Timer);
        {timeout, Timer, patience} -> ok
    end.

%% Hooks may add hooks. There are none where the application elixir does not run.
at_exit(Status) ->
    Hooks = case persistent_term:get(elixir_config, none) of
                none -> [];
                _ -> elixir_config:get_and_put(at_exit, [])
            end,
    case Hooks of
        [] -> Status;
        _ -> at_exit(lists:foldl(fun hook/2, Status, Hooks))
    end.

%% A hook that exits with {shutdown, N} changes the status.
hook(Hook, Status) ->
    {Pid, Monitor} = spawn_monitor(fun() -> exit({?MODULE, hook_outcome(Hook, Status)}) end),
    receive
        {'DOWN', Monitor, process, Pid, {?MODULE, NewStatus}} -> NewStatus;
        {'DOWN', Monitor, process, Pid, Reason} -> show_elixir({'EXIT', Pid}, Reason, [])
    end.

hook_outcome(Hook, Status) ->
    try Hook(Status) of
        _ -> Status
    catch
        Class:Why:Stack -> show_elixir(Class, Why, [F || F <- Stack, element(1, F) =/= ?MODULE])
    end.
