%% SPDX-License-Identifier: Apache-2.0
%% The files of the library's modules are there for those who look before they read.
-module(files_of_code).
-include_lib("kernel/include/file.hrl").
-export([main/0]).

main() ->
    File = code:which(lists),
    {ok, Bytes} = file:read_file(File),
    {ok, #file_info{size = Size, type = Type, access = Access}} = file:read_file_info(File),
    io:format("~p~n", [{Size =:= byte_size(Bytes), Type, lists:member(Access, [read, read_write])}]),
    io:format("~p~n", [[filelib:is_file(File), filelib:is_regular(File), filelib:is_dir(File), filelib:file_size(File) =:= Size]]),
    {ok, #file_info{type = LinkType}} = file:read_link_info(File),
    {ok, #file_info{mtime = Time}} = file:read_file_info(File, [{time, posix}, raw]),
    io:format("~p~n", [{LinkType, is_integer(Time), tuple_size(filelib:last_modified(File))}]),
    {ok, Device} = file:open(File, [read, raw, binary]),
    {ok, #file_info{size = Open, type = OpenType}} = file:read_file_info(Device),
    io:format("~p~n", [{Open =:= Size, OpenType}]),
    ok = file:close(Device),
    io:format("~p~n", [[filelib:is_file(File ++ "x"), filelib:is_regular("/no/such/module.beam"), filelib:file_size("/no/such/module.beam")]]).
