%% SPDX-License-Identifier: Apache-2.0
%% What a guest can learn of the host: where its files are, what it is called, who runs it.
-module(places).
-export([learnt/1]).

%% Which of the texts, that only the host knows, occur in which answers.
learnt(Secrets) ->
    [{Where, Secret} || {Where, Ask} <- questions(), Text <- [answer(Ask)], Secret <- Secrets,
                        binary:match(Text, Secret) =/= nomatch].

answer(Ask) ->
    Answer = try Ask() catch Class:Reason:Stack -> {Class, Reason, Stack} end,
    iolist_to_binary([io_lib:format("~0tp ~0p", [Answer, Answer]), term_to_binary(Answer)]).

questions() ->
    [{which, fun() -> [code:which(M) || {M, _} <- code:all_loaded()] end},
     {available, fun() -> code:all_available() end},
     {loaded, fun() -> code:all_loaded() end},
     {path, fun() -> code:get_path() end},
     {directories, fun() -> [code:root_dir(), code:lib_dir(), code:lib_dir(stdlib),
                             code:lib_dir(elixir), code:priv_dir(kernel)] end},
     {own_object_code, fun() -> code:get_object_code(?MODULE) end},
     {object_code, fun() -> code:get_object_code(lists) end},
     {compiled, fun() -> [catch M:module_info(compile) || {M, _} <- code:all_loaded()] end},
     {system_info, fun() -> [catch erlang:system_info(I) || I <- infos()] end},
     {statistics, fun() -> [catch erlang:statistics(I) || I <- [io, garbage_collection]] end},
     {os, fun() -> {os:getenv(), os:type(), os:version(), os:getpid(), os:find_executable("sh")} end},
     {init, fun() -> {init:get_arguments(), init:get_plain_arguments(), init:script_id()} end},
     {node, fun() -> {node(), erlang:get_cookie(), net_adm:localhost(), inet:gethostname()} end},
     {net, fun() -> {inet:getifaddrs(), inet:get_rc(), inet:getaddr("localhost", inet)} end},
     {cwd, fun() -> {file:get_cwd(), filename:absname("x"), filename:basedir(user_cache, "x")} end},
     {files, fun() -> [catch F(N) || F <- [fun file:read_file/1, fun file:list_dir/1,
                                           fun file:read_file_info/1, fun file:read_link/1,
                                           fun file:consult/1, fun file:open_raw/1,
                                           fun filelib:wildcard/1, fun code:load_abs/1],
                                     N <- [".", "/", "x", "/proc/self/exe", "/proc/self/cwd",
                                           "/proc/self/environ", "/etc/hostname"]] end},
     {library_file, fun() -> file:read_file(code:which(lists)) end},
     {application_file, fun() -> [file:consult(code:where_is_file("kernel.app")),
                                  application:load(sasl), application:get_all_key(sasl)] end},
     {environment, fun() -> [application:get_all_env(A) || A <- [kernel, stdlib]] end},
     {stack, fun() -> lists:map(fun(X) -> X + a end, [1]) end},
     {no_function, fun() -> no_module:no_function() end},
     {bad_module, fun() -> code:load_binary(bad, "bad.beam", <<"FOR1">>) end},
     {missing_module, fun() -> [code:load_file(no_module), code:which(no_module)] end},
     {native, fun() -> erlang:load_nif("x", 0) end},
     {driver, fun() -> erl_ddll:load("/x", "y") end},
     {command, fun() -> os:cmd("echo") end},
     {elixir, fun() -> ['Elixir.System':cwd(), 'Elixir.System':user_home(),
                        'Elixir.System':tmp_dir(), 'Elixir.System':build_info(),
                        'Elixir.Application':app_dir(elixir)] end},
     {dictionary, fun() -> [process_info(P) || P <- processes()] end},
     {tables, fun() -> [catch ets:tab2list(T) || T <- ets:all()] end},
     {terms, fun() -> persistent_term:get() end}].

infos() ->
    [system_version, system_architecture, os_type, os_version, build_type, c_compiler_used,
     compiled, cpu_topology, machine, allocator, dist, emu_args, version, info, loaded, procs,
     dist_ctrl, creation, logical_processors, nif_version, driver_version, taints].
