%% SPDX-License-Identifier: Apache-2.0
%% Processes that an Erlang node has from its boot and a sandbox only when it needs them.
%%
%% When a name or a table is asked for that belongs to one of these services and is not
%% there, the engine spawns start/1 for it, once. Whoever asked for the process gets this
%% one's pid meanwhile, so it starts the real process, which registers itself, and passes
%% on what has been sent to it. Whoever asked for a table waits until it is there.
-module(apex_services).
-export([start/1, report/4, is_elixir_program/0, before_logger/0]).

-define(LOGGER_USED, '$apex_logger_used$').

start(application_controller) ->
    %% Everything that asks for applications finds kernel and stdlib running.
    {ok, Kernel} = app_file("kernel"),
    {ok, Pid} = application_controller:start(Kernel),
    ok = application:start(kernel, permanent),
    ok = application:start(stdlib, permanent),
    start_elixir(is_elixir_program()),
    pass_on(Pid);
start(init) ->
    process_flag(trap_exit, true),
    register(init, self()),
    apex_host:service_ready(),
    init_loop();
start(kernel_sup) ->
    {ok, Pid} = supervisor:start_link({local, kernel_sup}, kernel, []),
    pass_on(Pid);
start(kernel_safe_sup) ->
    {ok, Pid} = supervisor:start_link({local, kernel_safe_sup}, kernel, safe),
    pass_on(Pid);
start(kernel_refc) ->
    {ok, Pid} = kernel_refc:start_link(),
    pass_on(Pid);
start(logger) ->
    logger();
start(logger_sup) ->
    {ok, Pid} = logger_sup:start_link(),
    pass_on(Pid);
start(logger_proxy) ->
    _ = supervisor:which_children(logger_sup),
    pass_on(whereis(logger_proxy));
start(file_server_2) ->
    {ok, Pid} = file_server:start_link(),
    pass_on(Pid);
start(global_name_server) ->
    {ok, Pid} = global:start_link(),
    pass_on(Pid);
start(rex) ->
    {ok, Pid} = rpc:start_link(),
    pass_on(Pid);
start(erl_signal_server) ->
    {ok, Pid} = gen_event:start_link({local, erl_signal_server}),
    pass_on(Pid);
start(inet_db) ->
    {ok, Pid} = inet_db:start_link(),
    ok = inet_db:set_lookup([file]),
    pass_on(Pid);
start(elixir) ->
    {ok, _} = application:ensure_all_started(elixir),
    apex_host:service_ready();
start(Process) when Process =:= elixir_config; Process =:= elixir_code_server ->
    {ok, _} = application:ensure_all_started(elixir),
    pass_on(whereis(Process));
start('Elixir.Logger') ->
    %% The elixir command starts it before any program; here whoever logs first does, or
    %% calls it.
    case is_elixir_program() andalso start_elixir_logger() of
        {ok, _} -> pass_on(whereis('Elixir.Logger'));
        _ -> apex_host:service_ready()
    end.

%% The process that answers is another one; this one ends with it.
pass_on(Pid) ->
    Monitor = monitor(process, Pid),
    apex_host:service_ready(),
    pass_on_messages(Pid, Monitor).

pass_on_messages(Pid, Monitor) ->
    receive
        {'DOWN', Monitor, process, Pid, _} -> ok;
        Message -> Pid ! Message, pass_on_messages(Pid, Monitor)
    end.

%% The functions of init do without a process. Programs make it the group leader of those that
%% are to live on their own: what these print goes to user.
init_loop() ->
    receive
        {'EXIT', _, _} -> ok;
        Request when element(1, Request) =:= io_request -> user ! Request;
        Message -> logger:info("init got unexpected: ~p", [Message], #{error_logger => #{tag => info_msg}})
    end,
    init_loop().

%% A program that is in Elixir finds the application elixir running, as the elixir command
%% leaves it.
start_elixir(true) ->
    ok = application:start(compiler),
    ok = application:start(elixir);
start_elixir(false) ->
    ok.

%% Has anything been loaded or called that is written in Elixir?
is_elixir_program() -> lists:any(fun is_elixir/1, erlang:loaded()).

is_elixir(Module) -> lists:prefix("Elixir.", atom_to_list(Module)).

%% Its console is the standard output. A program that never calls it has its crash reports on
%% the error stream, where the reports of programs in Erlang are.
start_elixir_logger() ->
    case application:load(logger) of
        Loaded when Loaded =:= ok; Loaded =:= {error, {already_loaded, logger}} ->
            uses_logger() orelse set_default_device(standard_error),
            application:ensure_all_started(logger);
        Error ->
            Error
    end.

set_default_device(Device) ->
    Console = application:get_env(logger, console, []),
    case lists:keymember(device, 1, Console) of
        true -> ok;
        false -> application:set_env(logger, console, [{device, Device} | Console])
    end.

uses_logger() ->
    persistent_term:get(?LOGGER_USED, false) orelse lists:any(fun imports_logger/1, erlang:loaded()).

imports_logger(Module) ->
    apex_host:library_path(Module) =:= non_existing andalso
        case apex_host:object_code(Module) of
            undefined ->
                false;
            Code ->
                {ok, {_, [{imports, Imports}]}} = beam_lib:chunks(Code, [imports]),
                lists:keymember('Elixir.Logger', 1, Imports)
        end.

%% The module Elixir.Logger is about to be linked for the program. The level of logger, at which
%% it looks first, is right only when its application runs: who asks for the table waits for that.
before_logger() ->
    _ = is_elixir_program() andalso
        begin
            persistent_term:put(?LOGGER_USED, true),
            ets:whereis(logger)
        end,
    ok.

app_file(App) ->
    [Dir | _] = [D || D <- apex_host:library_dirs(), is_of(App, filename:basename(filename:dirname(D)))],
    {ok, Bytes} = apex_host:library_file(filename:join(Dir, App ++ ".app")),
    {ok, Tokens, _} = erl_scan:string(unicode:characters_to_list(Bytes)),
    erl_parse:parse_term(Tokens).

is_of(App, Dir) -> Dir =:= App orelse lists:prefix(App ++ "-", Dir).

%% The server of logger, from its first moment with the handler that OTP's kernel adds
%% later: nothing is logged in between.
logger() ->
    process_flag(priority, max),
    register(logger, self()),
    put('$ancestors', [self()]),  % as proc_lib would
    put('$initial_call', {logger_server, init, 1}),
    {ok, State} = logger_server:init([]),
    Table = ets:whereis(logger),
    logger_config:create(Table, default, apex_logger_h:config()),
    {ok, Primary} = logger_config:get(Table, primary),
    logger_config:set(Table, primary, Primary#{handlers => [default]}),
    logger_config:delete(Table, simple),
    process_flag(priority, normal),
    apex_host:service_ready(),
    gen_server:enter_loop(logger_server, [], State, {local, logger}).

%% What the emulator itself reports, for the process that system_flag(system_logger, _) has
%% named: that a process (the first of Args) has ended with an error that it did not catch, or
%% that it has reached its max_heap_size.
report(Kind, [Pid | _] = Args, GroupLeader, Logger) ->
    Format = report_format(Kind),
    Meta = #{pid => Pid, gl => GroupLeader, time => logger:timestamp(),
             error_logger => #{emulator => true, tag => error}},
    %% The proxy of logger would do the same later.
    case is_pid(Logger) andalso process_info(Logger, registered_name) =/= {registered_name, logger_proxy} of
        true -> Logger ! {log, error, Format, Args, Meta}, ok;
        false -> logger:log(error, Format, Args, Meta)
    end.

report_format(crashed) ->
    "Error in process ~p with exit value:~n~p~n";
report_format(max_heap_size) ->
    "     Process:            ~p "
    "~n     Context:            maximum heap size reached~n"
    "     Max Heap Size:      ~p~n"
    "     Total Heap Size:    ~p~n"
    "     Kill:               ~p~n"
    "     Error Logger:       ~p~n"
    "     Message Queue Len:  ~p~n"
    "     GC Info:            ~p~n".
