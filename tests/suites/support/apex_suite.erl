%% SPDX-License-Identifier: Apache-2.0
%% Runs the cases of one Common Test suite, one after another, each in a process of
%% its own, and says on standard output what became of them. The same module does it
%% on stock Erlang and in a sandbox, so that what differs is the engine.
%%
%% main(Suite, DataDir, PrivDir, Finished, Only, Limit): Finished are the cases that
%% an earlier run has been through, Only the ones to run ([]: all), both as printed;
%% Limit is what one case may take, in ms. Each line for the runner starts with "@@":
%%
%%   @@start CASE
%%   @@ok CASE         @@failed CASE REASON          @@skipped CASE REASON
%%   @@init REASON     the suite itself cannot be run
%%   @@end             all cases have been gone through
-module(apex_suite).
-export([main/6]).

main(Suite, DataDir, PrivDir, Finished, Only, Limit) ->
    process_flag(trap_exit, true),
    {module, Suite} = code:ensure_loaded(Suite),
    Config = [{data_dir, DataDir}, {priv_dir, PrivDir}, {suite, Suite}],
    put(limit, Limit),
    Groups = optional(Suite, groups, [], []),
    Wanted = fun(Id) ->
        not lists:member(Id, Finished) andalso (Only =:= [] orelse lists:member(Id, Only))
    end,
    case Suite:all() of
        {skip, Reason} -> say("init", [text(Reason)]);
        Tree -> suite(Suite, wanted(flat(Tree, Groups, ""), Wanted), Config)
    end,
    say("end", []).

suite(_Suite, [], _Config) ->
    ok;
suite(Suite, Tree, Config0) ->
    case config(Suite, init_per_suite, [Config0]) of
        {ok, Config} ->
            items(Suite, Tree, Config),
            config(Suite, end_per_suite, [Config]);
        {skip, Reason} ->
            skip(Tree, Reason);
        {failed, Reason} ->
            fail(Tree, {init_per_suite, Reason})
    end.

%% The tree of cases: {'case', Id, Name} and {group, Name, Properties, Items}.

flat(Items, Groups, Path) ->
    lists:flatmap(fun(Item) -> flat_item(Item, Groups, Path) end, Items).

flat_item({group, Name}, Groups, Path) ->
    flat_group(lists:keyfind(Name, 1, Groups), Groups, Path);
flat_item({group, Name, _Properties}, Groups, Path) ->
    flat_group(lists:keyfind(Name, 1, Groups), Groups, Path);
flat_item({group, Name, _Properties, _Subgroups}, Groups, Path) ->
    flat_group(lists:keyfind(Name, 1, Groups), Groups, Path);
flat_item({testcase, Name, _Properties}, _Groups, Path) ->
    [{'case', Path ++ atom_to_list(Name), Name}];
flat_item(Name, _Groups, Path) when is_atom(Name) ->
    [{'case', Path ++ atom_to_list(Name), Name}];
flat_item(Group, Groups, Path) ->
    flat_group(Group, Groups, Path).

flat_group({Name, Items}, Groups, Path) ->
    flat_group({Name, [], Items}, Groups, Path);
flat_group({Name, Properties, Items}, Groups, Path) ->
    [{group, Name, Properties, flat(Items, Groups, Path ++ atom_to_list(Name) ++ "/")}].

wanted(Tree, Wanted) ->
    lists:flatmap(fun({'case', Id, _} = Case) -> [Case || Wanted(Id)];
                     ({group, Name, Properties, Items}) ->
                          [{group, Name, Properties, Kept} || Kept <- [wanted(Items, Wanted)],
                                                              Kept =/= []]
                  end, Tree).

skip(Tree, Reason) -> [say("skipped", [Id, text(Reason)]) || Id <- ids(Tree)].
fail(Tree, Reason) -> [say("failed", [Id, text(Reason)]) || Id <- ids(Tree)].

ids(Tree) ->
    lists:flatmap(fun({'case', Id, _}) -> [Id];
                     ({group, _, _, Items}) -> ids(Items)
                  end, Tree).

%% Running

items(Suite, Items, Config) ->
    [item(Suite, Item, Config) || Item <- Items].

item(Suite, {group, Name, Properties, Items}, Config0) ->
    Given = [{tc_group_properties, [{name, Name} | Properties]} | Config0],
    case config(Suite, init_per_group, [Name, Given]) of
        {ok, Config} ->
            items(Suite, Items, Config),
            config(Suite, end_per_group, [Name, Config]);
        {skip, Reason} ->
            skip(Items, Reason);
        {failed, Reason} ->
            fail(Items, {init_per_group, Reason})
    end;
item(Suite, {'case', Id, Name}, Config) ->
    say("start", [Id]),
    Ran = in_process(fun() -> one(Suite, Name, Config) end),
    case Ran of
        {failed, timeout} ->
            in_process(fun() -> optional(Suite, end_per_testcase, [Name, Config], ok) end);
        _ ->
            ok
    end,
    case Ran of
        ok -> say("ok", [Id]);
        {skip, Reason} -> say("skipped", [Id, text(Reason)]);
        {failed, Reason} -> say("failed", [Id, text(Reason)])
    end.

one(Suite, Name, Config0) ->
    case verdict(catch_all(fun() ->
             optional(Suite, init_per_testcase, [Name, Config0], Config0)
         end)) of
        {value, Config} ->
            Verdict = verdict(catch_all(fun() -> Suite:Name(Config) end)),
            Ended = verdict(catch_all(fun() ->
                optional(Suite, end_per_testcase, [Name, [status(Verdict) | Config]], ok)
            end)),
            case {Verdict, Ended} of
                {{value, _}, {failed, Reason}} -> {failed, {end_per_testcase, Reason}};
                {{value, _}, _} -> ok;
                _ -> Verdict
            end;
        Other ->
            Other
    end.

status({value, _}) -> {tc_status, ok};
status({skip, Reason}) -> {tc_status, {skipped, Reason}};
status({failed, Reason}) -> {tc_status, {failed, Reason}}.

%% What init_per_suite and its like return, as {ok, Config}, {skip, _} or {failed, _}.
config(Suite, Function, Args) ->
    Default = lists:last(Args),
    case in_process(fun() ->
             verdict(catch_all(fun() -> optional(Suite, Function, Args, Default) end))
         end) of
        {value, {skip_and_save, Reason, _}} -> {skip, Reason};
        {value, Config} -> {ok, Config};
        Other -> Other
    end.

catch_all(Fun) ->
    try {value, Fun()}
    catch
        throw:Value -> {value, Value};
        exit:{test_case_skipped, Reason} -> {value, {skip, Reason}};
        Class:Reason:Stack -> {failed, {Class, own(Reason), own(Stack)}}
    end.

%% Without the frames of this module, also in a reason that holds a stack trace.
own({badmatch, {'EXIT', Reason}}) -> {badmatch, {'EXIT', own(Reason)}};
own({Reason, [{_, _, _, _} | _] = Stack}) -> {Reason, own(Stack)};
own([{_, _, _, _} | _] = Stack) -> [F || F <- Stack, element(1, F) =/= ?MODULE];
own(Other) -> Other.

verdict({value, {skip, Reason}}) -> {skip, Reason};
verdict({value, {skipped, Reason}}) -> {skip, Reason};
verdict({value, {fail, Reason}}) -> {failed, Reason};
verdict({value, {failed, Reason}}) -> {failed, Reason};
verdict({value, {'EXIT', Reason}}) -> {failed, Reason};
verdict(Other) -> Other.

optional(Suite, Function, Args, Default) ->
    case erlang:function_exported(Suite, Function, length(Args)) of
        true -> apply(Suite, Function, Args);
        false -> Default
    end.

%% What Fun returns in a process of its own, or {failed, _} when it died or took too
%% long. The process has a group leader of its own too, that can capture output.
in_process(Fun) ->
    Runner = self(),
    Output = group_leader(),
    Leader = spawn_link(fun() -> leader(Output, off) end),
    Tag = make_ref(),
    {Pid, Monitor} = spawn_monitor(fun() ->
        group_leader(Leader, self()),
        Value = Fun(),
        Runner ! {Tag, Value},
        %% Takes along what a failed case has started and is linked to.
        case Value of
            {failed, _} -> exit(shutdown);
            _ -> ok
        end
    end),
    Result = receive
        {Tag, Value} ->
            receive {'DOWN', Monitor, process, Pid, _} -> Value end;
        {'DOWN', Monitor, process, Pid, Reason} ->
            receive {Tag, Value} -> Value after 0 -> {failed, {died, Reason}} end
    after get(limit) ->
        exit(Pid, kill),
        receive {'DOWN', Monitor, process, Pid, _} -> ok end,
        receive {Tag, Value} -> Value after 0 -> {failed, timeout} end
    end,
    unlink(Leader),
    Result.

%% Requests go on to the real group leader, whose answer goes to the process that
%% asked. While capturing, the text of what is written is kept as well.
leader(Output, Captured) ->
    receive
        {io_request, _, _, Request} = Message ->
            Output ! Message,
            leader(Output, capture(Request, Captured));
        {apex_capture, From, start} ->
            From ! {apex_captured, self(), ok},
            leader(Output, []);
        {apex_capture, From, stop} ->
            From ! {apex_captured, self(), ok},
            put(captured, taken(Captured) ++ taken(get(captured))),
            leader(Output, off);
        {apex_capture, From, get} ->
            From ! {apex_captured, self(), lists:reverse(taken(Captured) ++ taken(get(captured)))},
            put(captured, []),
            leader(Output, case Captured of off -> off; _ -> [] end);
        _ ->
            leader(Output, Captured)
    end.

taken(List) when is_list(List) -> List;
taken(_) -> [].

capture(_, off) ->
    off;
capture({put_chars, _, Text}, Captured) ->
    [unicode:characters_to_list(Text) | Captured];
capture({put_chars, _, Module, Function, Args}, Captured) ->
    [unicode:characters_to_list(apply(Module, Function, Args)) | Captured];
capture({requests, Requests}, Captured) ->
    lists:foldl(fun capture/2, Captured, Requests);
capture(_, Captured) ->
    Captured.

%% Lines for the runner

say(Word, Rest) ->
    io:put_chars(["\n@@", Word, [[" ", Part] || Part <- Rest], "\n"]).

text(Reason) ->
    Text = lists:flatten(io_lib:format("~0tP", [Reason, 60])),
    lists:sublist([C || C <- Text, C =/= $\n], 3000).
