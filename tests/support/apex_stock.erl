%% SPDX-License-Identifier: Apache-2.0
%% The stock side of the test harness: compiles Erlang test programs and runs
%% compiled ones in this node, one after another, each with a group leader of its
%% own that writes what the program prints to a file.
%%
%%   erl -noshell -run apex_stock compile JOBS
%%   erl -noshell -run apex_stock run JOBS
%%
%% JOBS is a file with one job a line, fields separated by tabs. For compile:
%% source, output directory, file for the verdict. For run: directory of the .beam
%% files, module with main/0, file for the output, file for the verdict. The verdict
%% is written last and whole; a job without one is the one that ended the node.
-module(apex_stock).
-export([compile/1, run/1]).

-define(TIME_LIMIT, 30000).

jobs(File) ->
    {ok, Bytes} = file:read_file(File),
    [[unicode:characters_to_list(F) || F <- binary:split(Line, <<"\t">>, [global])]
     || Line <- binary:split(Bytes, <<"\n">>, [global]), Line =/= <<>>].

verdict(File, Text) ->
    ok = file:write_file(File ++ ".tmp", unicode:characters_to_binary(Text)),
    ok = file:rename(File ++ ".tmp", File).

%% Compiling

compile([File]) ->
    [compile_one(Source, Dir, Verdict) || [Source, Dir, Verdict] <- jobs(File)],
    halt(0).

compile_one(Source, Dir, Verdict) ->
    case compile:file(Source, [{outdir, Dir}, return]) of
        {ok, Module, _Warnings} -> verdict(Verdict, ["ok ", atom_to_list(Module)]);
        {error, Errors, _Warnings} -> verdict(Verdict, ["error ", messages(Errors)])
    end.

messages(Errors) ->
    [io_lib:format("~ts:~tp: ~ts~n", [File, Where, Module:format_error(What)])
     || {File, List} <- Errors, {Where, Module, What} <- List].

%% Running

run([File]) ->
    %% What the elixir command would have started.
    _ = application:ensure_all_started(elixir),
    [run_one(Dir, list_to_atom(Module), Out, Verdict)
     || [Dir, Module, Out, Verdict] <- jobs(File)],
    halt(0).

run_one(Dir, Module, Out, Verdict) ->
    Terms = persistent_term:get(),
    Logger = logger_state(),
    Modules = [load(Beam) || Beam <- filelib:wildcard(filename:join(Dir, "*.beam"))],
    Leader = spawn(fun() -> leader_start(Out) end),
    {Pid, Ref} = spawn_monitor(fun() ->
        group_leader(Leader, self()),
        Module:main()
    end),
    Text = receive
        {'DOWN', Ref, process, Pid, normal} -> "ok";
        {'DOWN', Ref, process, Pid, Reason} -> io_lib:format("error ~tp", [Reason])
    after ?TIME_LIMIT ->
        "timeout"
    end,
    kill_members(Leader),
    stop(Leader),
    [unload(M) || M <- Modules],
    [persistent_term:erase(K) || {K, _} <- persistent_term:get() -- Terms],
    restore_logger(Logger),
    verdict(Verdict, Text).

%% The next program must not meet what this one has done to the logger.
logger_state() ->
    {logger:get_primary_config(), logger:get_handler_config(), erlang:system_info(system_logger)}.

restore_logger({Primary, Handlers, System}) ->
    Known = [Id || #{id := Id} <- Handlers],
    [logger:remove_handler(Id) || Id <- logger:get_handler_ids() -- Known],
    [ok = logger:add_handler(Id, Module, maps:without([id, module], Handler))
     || #{id := Id, module := Module} = Handler <- Handlers,
        not lists:member(Id, logger:get_handler_ids())],
    logger:set_primary_config(Primary),
    erlang:system_flag(system_logger, System).

load(Beam) ->
    {ok, Bytes} = file:read_file(Beam),
    Module = list_to_atom(filename:basename(Beam, ".beam")),
    {module, Module} = code:load_binary(Module, Beam, Bytes),
    Module.

unload(Module) ->
    code:purge(Module),
    code:delete(Module),
    code:purge(Module).

%% Processes may spawn while they are being killed, so until none is left.
kill_members(Leader) ->
    case [P || P <- processes(), P =/= Leader,
               process_info(P, group_leader) =:= {group_leader, Leader}] of
        [] -> ok;
        Members ->
            [exit(P, kill) || P <- Members],
            erlang:yield(),
            kill_members(Leader)
    end.

stop(Leader) ->
    Ref = monitor(process, Leader),
    Leader ! stop,
    receive {'DOWN', Ref, process, Leader, _} -> ok end.

%% A group leader that answers as `user' does on a UTF-8 stream without input.

leader_start(Out) ->
    {ok, Fd} = file:open(Out, [write, raw, binary]),
    leader(Fd).

leader(Fd) ->
    receive
        {io_request, From, ReplyAs, Request} ->
            From ! {io_reply, ReplyAs, request(Request, Fd)},
            leader(Fd);
        stop ->
            ok = file:close(Fd)
    end.

request({put_chars, Encoding, Chars}, Fd) ->
    put_chars(Encoding, Chars, Fd, {error, {put_chars, Encoding, Chars}});
request({put_chars, Encoding, M, F, A}, Fd) ->
    put_chars(Encoding, catch apply(M, F, A), Fd, {error, {put_chars, Encoding, M, F, A}});
request({put_chars, Chars}, Fd) -> request({put_chars, latin1, Chars}, Fd);
request({put_chars, M, F, A}, Fd) -> request({put_chars, latin1, M, F, A}, Fd);
request({requests, Requests}, Fd) -> requests(Requests, ok, Fd);
request({get_geometry, _}, _) -> {error, enotsup};
request(getopts, _) -> [{binary, false}, {encoding, unicode}];
request({setopts, _}, _) -> ok;
request(Request, _) when element(1, Request) =:= get_chars;
                         element(1, Request) =:= get_line;
                         element(1, Request) =:= get_until -> eof;
request(Request, _) -> {error, {request, Request}}.

requests([Request | Rest], Reply, Fd) when Reply =:= ok; Reply =:= eof ->
    requests(Rest, request(Request, Fd), Fd);
requests(_, Reply, _) -> Reply.

put_chars(Encoding, Chars, Fd, Error) when is_list(Chars); is_binary(Chars) ->
    case catch unicode:characters_to_binary(Chars, Encoding, utf8) of
        Bytes when is_binary(Bytes) -> file:write(Fd, Bytes);
        _ -> Error
    end;
put_chars(_, _, _, Error) -> Error.
