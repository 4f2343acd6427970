%% SPDX-License-Identifier: Apache-2.0
%% The module `code' of a sandbox. It offers what OTP's does, but there is no code
%% server: the caller does the work itself, on the code table of its own sandbox,
%% through natives of the engine. Nothing here can see or change another sandbox.
%%
%% Library modules are linked when they are first called; path and stickiness are
%% kept in persistent terms, and only once they differ from what they are at the
%% start.
-module(code).
-compile({no_auto_import, [load_module/2, purge_module/1]}).

-export([get_chunk/2, is_module_native/1, module_md5/1,
         objfile_extension/0, load_file/1, ensure_loaded/1, load_abs/1, load_abs/2,
         load_binary/3, load_native_partial/2, load_native_sticky/3, delete/1, purge/1,
         soft_purge/1, is_loaded/1, get_object_code/1, all_loaded/0, all_available/0, stop/0,
         root_dir/0, lib_dir/0, lib_dir/1, lib_dir/2, compiler_dir/0, priv_dir/1, stick_dir/1,
         unstick_dir/1, stick_mod/1, unstick_mod/1, is_sticky/1, set_path/1, get_path/0,
         add_path/1, add_pathz/1, add_patha/1, add_paths/1, add_pathsz/1, add_pathsa/1,
         del_path/1, replace_path/2, rehash/0, get_mode/0, ensure_modules_loaded/1,
         atomic_load/1, prepare_loading/1, finish_loading/1, start_link/0, which/1,
         where_is_file/1, where_is_file/2, get_doc/1, set_primary_archive/4, clash/0,
         module_status/0, module_status/1, modified_modules/0]).
%% For the engine: the process that runs the on_load function of a module.
-export([run_on_load/1]).

-define(PREPARED, '$prepared$').

get_chunk(Bin, Chunk) when is_binary(Bin), is_list(Chunk), length(Chunk) =:= 4 ->
    erts_internal:beamfile_chunk(Bin, Chunk);
get_chunk(Arg1, Arg2) ->
    error(badarg, [Arg1, Arg2]).

module_md5(Bin) when is_binary(Bin) -> erts_internal:beamfile_module_md5(Bin);
module_md5(Arg) -> error(badarg, [Arg]).

is_module_native(Module) when is_atom(Module) ->
    case erlang:module_loaded(Module) of
        true -> false;
        false -> undefined
    end;
is_module_native(Arg) ->
    error(badarg, [Arg]).

objfile_extension() -> ".beam".
get_mode() -> interactive.
rehash() -> ok.
start_link() -> ignore.
stop() -> exit(normal).
set_primary_archive(_File, _Bin, _Info, _Parser) -> {error, enotsup}.

%% Loading

load_file(Mod) when is_atom(Mod) ->
    case get_object_code(Mod) of
        error -> {error, nofile};
        {Mod, Binary, File} -> load_module(Mod, File, Binary)
    end.

load_abs(File) when is_list(File); is_atom(File) ->
    load_abs(File, list_to_atom(filename:basename(File))).

load_abs(File, Mod) when (is_list(File) orelse is_atom(File)), is_atom(Mod) ->
    Name = filename:absname(lists:concat([File, objfile_extension()])),
    case erl_prim_loader:get_file(Name) of
        {ok, Binary, _} -> load_module(Mod, Name, Binary);
        error -> {error, nofile}
    end.

load_binary(Mod, File, Bin)
  when is_atom(Mod), (is_list(File) orelse is_atom(File)), is_binary(Bin) ->
    load_module(Mod, File, Bin).

load_native_partial(Mod, Bin) when is_atom(Mod), is_binary(Bin) ->
    {error, badfile}.

load_native_sticky(Mod, Bin, Whole) when is_atom(Mod), is_binary(Bin), Whole =/= true ->
    {error, badfile}.

load_module(Mod, File, Binary) ->
    case is_sticky(Mod) of
        true ->
            report("Can't load module '~w' that resides in sticky dir\n", [Mod]),
            {error, sticky_directory};
        false ->
            try erlang:prepare_loading(Mod, Binary) of
                {error, Reason} = Error ->
                    report("Loading of ~ts failed: ~p\n", [File, Reason]),
                    Error;
                Prepared ->
                    link_prepared(Mod, File, Prepared)
            catch
                error:system_limit -> {error, system_limit}
            end
    end.

%% Old code goes, with the processes that run it; what is current becomes old.
link_prepared(Mod, File, Prepared) ->
    _ = apex_host:purge(Mod, hard),
    try erlang:finish_loading([Prepared]) of
        ok ->
            note_file(Mod, File),
            {module, Mod};
        {on_load, [Mod]} ->
            on_load(Mod, File);
        {not_purged, [Mod]} ->
            report("Module ~w must be purged before loading\n", [Mod]),
            {error, not_purged}
    catch
        error:system_limit -> {error, system_limit};
        error:badarg ->
            %% Somebody else is loading it.
            _ = await_on_load(Mod),
            link_prepared(Mod, File, Prepared)
    end.

%% The on_load function runs in a process of its own. Others who call the module
%% meanwhile end up in await_on_load.
on_load(Mod, File) ->
    {Pid, Ref} = spawn_monitor(?MODULE, run_on_load, [Mod]),
    receive
        {'DOWN', Ref, process, Pid, Reason} ->
            case on_load_outcome(Mod, Reason) of
                {module, _} = Done ->
                    note_file(Mod, File),
                    Done;
                Error ->
                    Error
            end
    end.

run_on_load(Mod) ->
    Result = erlang:call_on_load_function(Mod),
    _ = erlang:finish_after_on_load(Mod, Result =:= ok),
    exit({?PREPARED, on_load, Result}).

on_load_outcome(Mod, {?PREPARED, on_load, ok}) ->
    {module, Mod};
on_load_outcome(Mod, {?PREPARED, on_load, Result}) ->
    report_on_load(Mod, Result),
    {error, on_load_failure};
on_load_outcome(Mod, Reason) ->
    _ = abandon(Mod),
    report_on_load(Mod, Reason),
    {error, on_load_failure}.

%% The process that ran the on_load function of Mod is gone without a verdict.
abandon(Mod) ->
    try erlang:finish_after_on_load(Mod, false)
    catch error:badarg -> false
    end.

await_on_load(Mod) ->
    case apex_host:module_state(Mod) of
        {pending, Pid} when Pid =:= self() ->
            {error, deadlock};
        {pending, none} ->
            erlang:yield(),
            await_on_load(Mod);
        {pending, Pid} ->
            Ref = monitor(process, Pid),
            receive {'DOWN', Ref, process, Pid, _} -> ok end,
            case apex_host:module_state(Mod) of
                {pending, Pid} -> _ = abandon(Mod);
                _ -> ok
            end,
            await_on_load(Mod);
        absent ->
            {error, on_load_failure};
        _ ->
            {module, Mod}
    end.

report_on_load(_Mod, Result) when is_atom(Result) ->
    ok;
report_on_load(Mod, Result) ->
    F = "The on_load function for module ~s returned:~n~P\n",
    _ = spawn(fun() -> error_logger:warning_msg(F, [Mod, Result, 10]) end),
    ok.

report(Format, Args) ->
    _ = spawn(fun() -> error_logger:error_msg(Format, Args) end),
    ok.

note_file(Mod, File) ->
    try apex_host:note_file(Mod, File)
    catch error:badarg -> false
    end.

ensure_loaded(Mod) when is_atom(Mod) ->
    case erlang:module_loaded(Mod) of
        true ->
            {module, Mod};
        false ->
            case apex_host:module_state(Mod) of
                {pending, _} -> await_on_load(Mod);
                _ -> ensure_linked(Mod)
            end
    end.

ensure_linked(Mod) ->
    _ = Mod =:= 'Elixir.Logger' andalso apex_services:before_logger(),
    case apex_host:link(Mod) of
        true -> {module, Mod};
        false -> load_file(Mod)
    end.

ensure_modules_loaded(Modules) when is_list(Modules) ->
    case lists:all(fun is_atom/1, Modules) of
        true ->
            Results = [{M, ensure_loaded(M)} || M <- lists:usort(Modules)],
            case lists:reverse([{M, Reason} || {M, {error, Reason}} <- Results]) of
                [] -> ok;
                Errors -> {error, Errors}
            end;
        false ->
            error(function_clause, [Modules])
    end.

%% Several modules at once

atomic_load(Modules) ->
    case prepare_all(Modules) of
        {ok, Prepared} -> finish_all(Prepared);
        {error, _} = Error -> Error;
        badarg -> error(function_clause, [Modules])
    end.

prepare_loading(Modules) ->
    case prepare_all(Modules) of
        {ok, Prepared} -> {ok, {?PREPARED, Prepared}};
        {error, _} = Error -> Error;
        badarg -> error(function_clause, [Modules])
    end.

finish_loading({?PREPARED, Prepared} = Arg) when is_list(Prepared) ->
    case lists:all(fun is_prepared/1, Prepared) of
        true -> finish_all(Prepared);
        false -> error(function_clause, [Arg])
    end.

is_prepared({Mod, {Code, File, _}}) when is_atom(Mod), is_list(File) ->
    try erlang:has_prepared_code_on_load(Code) =:= false
    catch error:_ -> false
    end;
is_prepared(_) ->
    false.

prepare_all(Modules) ->
    case names(Modules, []) of
        badarg ->
            badarg;
        Names ->
            case Names -- lists:usort(Names) of
                [] -> prepare_each(Modules, [], []);
                Repeated -> {error, [{M, duplicated} || M <- lists:usort(Repeated)]}
            end
    end.

names([{M, File, Bin} | Rest], Acc) when is_atom(M), is_list(File), is_binary(Bin) ->
    names(Rest, [M | Acc]);
names([M | Rest], Acc) when is_atom(M) ->
    names(Rest, [M | Acc]);
names([], Acc) ->
    Acc;
names(_, _) ->
    badarg.

prepare_each([Item | Rest], Good, Bad) ->
    case prepare_one(Item) of
        {_, {_, _, _}} = One -> prepare_each(Rest, [One | Good], Bad);
        Error -> prepare_each(Rest, Good, [Error | Bad])
    end;
prepare_each([], Good, []) ->
    {ok, lists:reverse(Good)};
prepare_each([], _, Bad) ->
    {error, lists:reverse(Bad)}.

prepare_one({Mod, File, Bin}) ->
    case erlang:prepare_loading(Mod, Bin) of
        {error, Reason} ->
            {Mod, Reason};
        Prepared ->
            case erlang:has_prepared_code_on_load(Prepared) of
                true -> {Mod, on_load_not_allowed};
                false -> {Mod, {Prepared, File, undefined}}
            end
    end;
prepare_one(Mod) ->
    case get_object_code(Mod) of
        error -> {Mod, nofile};
        {Mod, Bin, File} -> prepare_one({Mod, File, Bin})
    end.

finish_all(Prepared) ->
    Wrong = [{M, Reason} || {M, _} <- Prepared, Reason <- why_not(M)],
    case Wrong of
        [] ->
            case erlang:finish_loading([Code || {_, {Code, _, _}} <- Prepared]) of
                ok ->
                    _ = [note_file(M, File) || {M, {_, File, _}} <- Prepared],
                    ok;
                {Reason, Modules} ->
                    {error, [{M, Reason} || M <- Modules]}
            end;
        _ ->
            {error, Wrong}
    end.

why_not(Mod) ->
    case {apex_host:module_state(Mod), is_sticky(Mod), erlang:check_old_code(Mod)} of
        {{pending, _}, _, _} -> [pending_on_load];
        {_, true, _} -> [sticky_directory];
        {_, _, true} -> [not_purged];
        _ -> []
    end.

%% Deleting and purging

delete(Mod) when is_atom(Mod) ->
    %% Fails when there is old code already.
    try erlang:delete_module(Mod) =:= true
    catch error:badarg -> false
    end.

purge(Mod) when is_atom(Mod) ->
    {_, Killed} = erts_code_purger:purge(Mod),
    Killed.

soft_purge(Mod) when is_atom(Mod) ->
    erts_code_purger:soft_purge(Mod).

%% What there is

is_loaded(Mod) when is_atom(Mod) ->
    case erlang:module_loaded(Mod) of
        true -> {file, loaded_file(Mod)};
        false -> false
    end.

loaded_file(Mod) ->
    case apex_host:module_state(Mod) of
        own ->
            own_file(Mod);
        _ ->
            case lists:member(Mod, erlang:pre_loaded()) of
                true -> preloaded;
                false -> library_file(Mod)
            end
    end.

own_file(Mod) ->
    case apex_host:module_file(Mod) of
        undefined -> atom_to_list(Mod) ++ objfile_extension();
        File -> File
    end.

library_file(Mod) ->
    case apex_host:library_path(Mod) of
        "" -> preloaded;
        Path -> Path
    end.

all_loaded() ->
    [{M, File} || M <- erlang:loaded(), {file, File} <- [is_loaded(M)]].

all_available() ->
    Loaded = [{atom_to_list(M), File, true} || {M, File} <- all_loaded()],
    Known = maps:from_list([{Name, true} || {Name, _, true} <- Loaded]),
    Loaded ++ [{Name, Path, false} || {Name, Path} <- apex_host:library_modules(),
                                      not is_map_key(Name, Known)].

which(Mod) when is_atom(Mod) ->
    case is_loaded(Mod) of
        {file, File} ->
            File;
        false ->
            case apex_host:library_path(Mod) of
                non_existing -> where_is_file(atom_to_list(Mod) ++ objfile_extension());
                Path -> Path
            end
    end.

get_object_code(Mod) when is_atom(Mod) ->
    case object_code(Mod) of
        error -> search_object_code(Mod);
        Found -> Found
    end.

object_code(Mod) ->
    case apex_host:object_code(Mod) of
        undefined ->
            error;
        Bin ->
            case which(Mod) of
                [_ | _] = File -> {Mod, Bin, File};
                _ -> error  % made in memory
            end
    end.

search_object_code(Mod) ->
    case where_is_file(atom_to_list(Mod) ++ objfile_extension()) of
        non_existing ->
            error;
        File ->
            case erl_prim_loader:get_file(File) of
                {ok, Bin, _} -> {Mod, Bin, File};
                error -> error
            end
    end.

where_is_file(File) when is_list(File) ->
    where_is_file(get_path(), File).

where_is_file(Path, File) when is_list(File) ->
    where_is_file(Path, File, apex_host:library_dirs()).

where_is_file([Dir | Path], File, Library) ->
    Name = filename:append(Dir, File),
    case is_there(Name, lists:member(Dir, Library)) of
        true -> Name;
        false -> where_is_file(Path, File, Library)
    end;
where_is_file([], _, _) ->
    non_existing.

%% What the library has is known without a look at the host's files, which would be refused and
%% told for each of its directories.
is_there(Name, true) ->
    erl_prim_loader:is_library_file(Name);
is_there(Name, false) ->
    erl_prim_loader:read_file_info(Name) =/= error.

module_status() ->
    [{M, module_status(M)} || {M, _} <- all_loaded()].

module_status(Modules) when is_list(Modules) ->
    [{M, module_status(M)} || M <- Modules];
module_status(Mod) when is_atom(Mod) ->
    case is_loaded(Mod) of
        false -> not_loaded;
        {file, preloaded} -> loaded;
        {file, cover_compiled} -> modified;
        {file, []} -> loaded;
        {file, File} -> file_status(Mod, File)
    end.

file_status(Mod, File) when is_list(File) ->
    case {apex_host:module_state(Mod), apex_host:module_file(Mod)} of
        {library, _} -> loaded;
        {_, undefined} -> loaded;
        _ ->
            case erl_prim_loader:get_file(File) of
                {ok, Bin, _} ->
                    case module_md5(Bin) =:= erlang:get_module_info(Mod, md5) of
                        true -> loaded;
                        false -> modified
                    end;
                error ->
                    removed
            end
    end;
file_status(_Mod, _File) ->
    loaded.

modified_modules() ->
    [M || {M, modified} <- module_status()].

get_doc(Mod) when is_atom(Mod) ->
    case get_object_code(Mod) of
        error ->
            case is_loaded(Mod) of
                false -> {error, non_existing};
                _ -> {error, missing}
            end;
        {Mod, Bin, _} ->
            case erts_internal:beamfile_chunk(Bin, "Docs") of
                undefined -> {error, missing};
                Docs -> {ok, binary_to_term(Docs)}
            end
    end.

clash() ->
    io:format("** Found 0 name clashes in code paths ~n").

%% Directories

root_dir() ->
    filename:dirname(lib_dir()).

lib_dir() ->
    case app_dir("stdlib") of
        {error, _} -> "";
        Dir -> filename:dirname(Dir)
    end.

lib_dir(App) when is_atom(App) ->
    app_dir(atom_to_list(App));
lib_dir(App) when is_list(App) ->
    app_dir(App).

lib_dir(App, SubDir) when is_atom(App), is_atom(SubDir) ->
    case lib_dir(App) of
        {error, _} = Error -> Error;
        Dir -> filename:append(Dir, atom_to_list(SubDir))
    end.

priv_dir(App) when is_atom(App); is_list(App) ->
    case lib_dir(App) of
        {error, _} = Error -> Error;
        Dir -> filename:append(Dir, "priv")
    end.

compiler_dir() ->
    case app_dir("compiler") of
        {error, _} -> filename:append(lib_dir(), "compiler");
        Dir -> Dir
    end.

app_dir(App) ->
    case [Dir || Dir <- apex_host:library_dirs(), app_name(Dir) =:= App] of
        [Ebin | _] -> filename:dirname(Ebin);
        [] -> {error, bad_name}
    end.

%% "…/stdlib-4.2/ebin" is of "stdlib".
app_name(Ebin) ->
    Base = filename:basename(filename:dirname(Ebin)),
    case string:split(Base, "-", trailing) of
        [Name, [Digit | _]] when Digit >= $0, Digit =< $9 -> Name;
        _ -> Base
    end.

%% Sticky modules cannot be replaced by code:load_binary/3 and its kin.

sticky_apps() -> ["kernel", "stdlib", "compiler"].

sticky() ->
    persistent_term:get({?MODULE, sticky}, #{}).

is_sticky(Mod) when is_atom(Mod) ->
    erlang:module_loaded(Mod) andalso
        case sticky() of
            #{Mod := Sticky} -> Sticky;
            Changes -> sticky_by_place(Mod, Changes)
        end.

sticky_by_place(Mod, Changes) ->
    case apex_host:module_state(Mod) =:= library andalso apex_host:library_path(Mod) of
        [_ | _] = Path ->
            Dir = filename:dirname(Path),
            case Changes of
                #{Dir := Sticky} -> Sticky;
                _ -> lists:member(app_name(Dir), sticky_apps())
            end;
        _ ->
            false
    end.

stick_mod(Mod) when is_atom(Mod) -> set_sticky(Mod, true).
unstick_mod(Mod) when is_atom(Mod) -> set_sticky(Mod, false).
stick_dir(Dir) when is_list(Dir) -> set_sticky_dir(Dir, true).
unstick_dir(Dir) when is_list(Dir) -> set_sticky_dir(Dir, false).

set_sticky_dir(Dir, Sticky) ->
    case lists:member(Dir, apex_host:library_dirs()) of
        true ->
            _ = set_sticky(Dir, Sticky),
            ok;
        false ->
            error
    end.

set_sticky(What, Sticky) ->
    persistent_term:put({?MODULE, sticky}, (sticky())#{What => Sticky}),
    true.

%% The path

get_path() ->
    case persistent_term:get({?MODULE, path}, default) of
        default -> default_path();
        Path -> Path
    end.

default_path() ->
    Dirs = lists:reverse(lists:sort(apex_host:library_dirs())),
    First = [Dir || App <- ["kernel", "stdlib"], Dir <- Dirs, app_name(Dir) =:= App],
    ["." | First ++ (Dirs -- First)].

put_path(Path) ->
    persistent_term:put({?MODULE, path}, Path),
    true.

set_path(Path) when is_list(Path) ->
    case lists:all(fun(Dir) -> is_name(Dir) andalso is_directory(to_string(Dir)) end, Path) of
        true -> put_path([to_string(Dir) || Dir <- Path]);
        false -> {error, bad_directory}
    end.

is_name(Name) -> is_list(Name) orelse is_atom(Name).

to_string(Name) when is_atom(Name) -> atom_to_list(Name);
to_string(Name) -> lists:flatten(Name).

is_directory(Dir) ->
    lists:member(Dir, [".", "" | apex_host:library_dirs()]) orelse
        case erl_prim_loader:list_dir(Dir) of
            {ok, _} -> true;
            error -> false
        end.

add_path(Dir) when is_list(Dir) -> add_one(last, Dir).
add_pathz(Dir) when is_list(Dir) -> add_one(last, Dir).
add_patha(Dir) when is_list(Dir) -> add_one(first, Dir).
add_paths(Dirs) when is_list(Dirs) -> add_many(last, Dirs).
add_pathsz(Dirs) when is_list(Dirs) -> add_many(last, Dirs).
add_pathsa(Dirs) when is_list(Dirs) -> add_many(first, Dirs).

add_one(Where, Dir0) ->
    Dir = to_string(Dir0),
    case is_directory(Dir) of
        true ->
            Path = get_path(),
            case Where =:= last andalso lists:member(Dir, Path) of
                true -> true;
                false when Where =:= last -> put_path(Path ++ [Dir]);
                false -> put_path([Dir | lists:delete(Dir, Path)])
            end;
        false ->
            {error, bad_directory}
    end.

add_many(Where, Dirs) ->
    _ = [add_one(Where, Dir) || Dir <- Dirs, is_name(Dir)],
    ok.

del_path(Name) when is_list(Name); is_atom(Name) ->
    Path = get_path(),
    case [Dir || Dir <- Path, is_called(Dir, to_string(Name))] of
        [Dir | _] -> put_path(lists:delete(Dir, Path));
        [] -> false
    end.

replace_path(Name, Dir) when (is_atom(Name) orelse is_list(Name)), (is_atom(Dir) orelse is_list(Dir)) ->
    New = to_string(Dir),
    case {app_name(New) =:= to_string(Name) orelse app_name(filename:join(New, "ebin")) =:= to_string(Name),
          is_directory(New)} of
        {false, _} -> {error, bad_name};
        {true, false} -> {error, bad_directory};
        {true, true} -> put_path(replace(get_path(), to_string(Name), New))
    end.

replace(Path, Name, New) ->
    case lists:any(fun(Dir) -> is_called(Dir, Name) end, Path) of
        true ->
            [case is_called(Dir, Name) of
                 true -> New;
                 false -> Dir
             end || Dir <- Path];
        false ->
            Path ++ [New]
    end.

%% Directories of the path are named by themselves or by their application.
is_called(Dir, Name) -> Dir =:= Name orelse app_name(Dir) =:= Name.
