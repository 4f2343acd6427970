%% SPDX-License-Identifier: Apache-2.0
%% Files for the code and application machinery of a sandbox: those of the library are
%% always there, all others as far as the sandbox may read files.
-module(erl_prim_loader).
-include_lib("kernel/include/file.hrl").
-export([start/0, set_path/1, get_path/0, get_file/1, list_dir/1, read_file_info/1,
         read_link_info/1, get_cwd/0, get_cwd/1, get_modules/2, get_modules/3, is_basename/1,
         set_primary_archive/4, purge_archive_cache/0, is_library_file/1]).

-define(PATH, {?MODULE, path}).

start() -> {error, already_started}.

%% The path of the loader is that of the code server until it is set.
get_path() -> {ok, persistent_term:get(?PATH, code:get_path())}.

set_path(Path) when is_list(Path) ->
    persistent_term:put(?PATH, [path_name(Dir) || Dir <- Path]),
    ok.

path_name(Dir) when is_atom(Dir) -> atom_to_list(Dir);
path_name(Dir) -> Dir.

get_file(Name) when is_list(Name) ->
    {ok, Path} = get_path(),
    case lists:member($/, Name) orelse Path =:= [] of
        true -> first_file([Name]);
        false -> first_file([filename:join(Dir, Name) || Dir <- Path])
    end;
get_file(Name) when is_atom(Name) ->
    get_file(atom_to_list(Name));
get_file(_) ->
    error.

first_file([]) ->
    error;
first_file([Name | Names]) ->
    case read_file(Name) of
        {ok, Bin} -> {ok, Bin, Name};
        {error, _} -> first_file(Names)
    end.

read_file(Name) ->
    case library_file(Name) of
        {ok, _} = Read -> Read;
        error -> prim_file:read_file(Name)
    end.

read_file_info(Name) when is_list(Name) ->
    case library_file(Name) of
        {ok, Bin} -> {ok, #file_info{type = regular, access = read, size = byte_size(Bin)}};
        error -> known(prim_file:read_file_info(Name))
    end;
read_file_info(_) ->
    error.

is_library_file(Name) -> library_file(Name) =/= error.

read_link_info(Name) -> known(prim_file:read_link_info(Name)).
list_dir(Dir) -> known(prim_file:list_dir(Dir)).
get_cwd() -> known(prim_file:get_cwd()).
get_cwd(Drive) -> known(prim_file:get_cwd(Drive)).

known({ok, _} = Found) -> Found;
known({error, _}) -> error.

%% A .beam or .app file of the library.
library_file(Name) ->
    case filename:extension(Name) of
        ".app" ->
            case apex_host:library_file(Name) of
                {ok, _} = Found -> Found;
                {error, _} -> error
            end;
        ".beam" ->
            try list_to_existing_atom(filename:basename(Name, ".beam")) of
                Module ->
                    case apex_host:library_path(Module) of
                        Name -> {ok, apex_host:library_code(Module)};
                        _ -> error
                    end
            catch
                error:_ -> error
            end;
        _ ->
            error
    end.

%% Each module from the first directory of Path that has it, through Process.
get_modules(Modules, Process) ->
    get_modules(Modules, Process, code:get_path()).

get_modules(Modules, Process, _Path) ->
    Results = [{M, one_module(M, Process)} || M <- Modules],
    {ok, {[{M, Value} || {M, {ok, Value}} <- Results],
          [{M, Reason} || {M, {error, Reason}} <- Results]}}.

one_module(Module, Process) ->
    case code:get_object_code(Module) of
        {Module, Bin, File} -> Process(Module, File, Bin);
        error -> {error, enoent}
    end.

is_basename(Name) -> filename:basename(Name) =:= Name.
set_primary_archive(_File, _Bin, _Info, _Parser) -> {error, enotsup}.
purge_archive_cache() -> ok.
