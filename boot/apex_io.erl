%% SPDX-License-Identifier: Apache-2.0
%% The I/O server of a sandbox: speaks the I/O protocol and writes to one of the
%% host's streams. The engine starts one for each stream, registered as `user' and
%% `standard_error'; the first is the group leader of what the host calls.
%%
%% There is no input: reading answers eof.
-module(apex_io).
-export([server/1]).

%% Stream: 1 is standard output, 2 standard error.
server(Stream) ->
    process_flag(trap_exit, true),
    loop(Stream, unicode).

loop(Stream, Encoding) ->
    receive
        {io_request, From, ReplyAs, Request} when is_pid(From) ->
            {Reply, NewEncoding} = request(Request, Stream, Encoding),
            From ! {io_reply, ReplyAs, Reply},
            loop(Stream, NewEncoding);
        _ ->
            loop(Stream, Encoding)
    end.

request({setopts, Options}, _Stream, Encoding) ->
    setopts(Options, Encoding);
request(getopts, 2, Encoding) ->
    {[{encoding, Encoding}], Encoding};
request(getopts, _Stream, Encoding) ->
    {[{binary, false}, {encoding, Encoding}], Encoding};
request({requests, Requests}, Stream, Encoding) ->
    requests(Requests, ok, Stream, Encoding);
request(Request, Stream, Encoding) ->
    {output(Request, Stream, Encoding), Encoding}.

%% The first error ends the list; otherwise the answer is that of the last one.
requests([Request | Rest], Reply, Stream, Encoding) when not is_tuple(Reply) ->
    {NewReply, NewEncoding} = request(Request, Stream, Encoding),
    requests(Rest, NewReply, Stream, NewEncoding);
requests(Rest, Reply, _Stream, Encoding) when Rest =:= []; is_tuple(Reply) ->
    {Reply, Encoding};
requests(Requests, _Reply, _Stream, Encoding) ->
    {{error, {request, {requests, Requests}}}, Encoding}.

output({put_chars, CharsIn, Chars}, Stream, Encoding) ->
    put_chars(CharsIn, Chars, Stream, Encoding);
output({put_chars, CharsIn, Module, Function, Args}, Stream, Encoding) ->
    try apply(Module, Function, Args) of
        Chars when is_list(Chars); is_binary(Chars) ->
            put_chars(CharsIn, Chars, Stream, Encoding);
        _ ->
            {error, put_chars}
    catch
        _:_ -> {error, put_chars}
    end;
output({put_chars, Chars}, Stream, Encoding) ->
    put_chars(latin1, Chars, Stream, Encoding);
output({put_chars, Module, Function, Args}, Stream, Encoding) ->
    output({put_chars, latin1, Module, Function, Args}, Stream, Encoding);
output({get_geometry, What}, _Stream, _Encoding) when What =:= columns; What =:= rows ->
    {error, enotsup};
output(Request, _Stream, _Encoding) when is_tuple(Request), tuple_size(Request) > 1 ->
    case element(1, Request) of
        get_chars -> eof;
        get_line -> eof;
        get_until -> eof;
        get_password -> eof;
        _ -> {error, {request, Request}}
    end;
output(Request, _Stream, _Encoding) ->
    {error, {request, Request}}.

put_chars(CharsIn, Chars, Stream, Encoding) when CharsIn =:= unicode; CharsIn =:= latin1 ->
    try to_bytes(CharsIn, Chars, Encoding) of
        Bytes when is_binary(Bytes) -> apex_host:output(Stream, Bytes);
        _ -> {error, put_chars}
    catch
        _:_ -> {error, put_chars}
    end;
put_chars(CharsIn, Chars, _Stream, _Encoding) ->
    {error, {request, {put_chars, CharsIn, Chars}}}.

%% A stream that was set to latin1 shows other characters as OTP's does: \x{20AC}.
to_bytes(CharsIn, Chars, unicode) ->
    unicode:characters_to_binary(Chars, CharsIn, unicode);
to_bytes(CharsIn, Chars, latin1) ->
    case unicode:characters_to_list(Chars, CharsIn) of
        List when is_list(List) -> list_to_binary([latin1_char(C) || C <- List]);
        Error -> Error
    end.

latin1_char(C) when C =< 255 -> C;
latin1_char(C) -> ["\\x{", integer_to_list(C, 16), "}"].

setopts(Options, Encoding) when is_list(Options) ->
    try lists:foldl(fun setopt/2, Encoding, Options) of
        NewEncoding -> {ok, NewEncoding}
    catch
        throw:enotsup -> {{error, enotsup}, Encoding};
        error:_ -> {{error, {request, {setopts, Options}}}, Encoding}
    end;
setopts(Options, Encoding) ->
    {{error, {request, {setopts, Options}}}, Encoding}.

setopt({encoding, latin1}, _) -> latin1;
setopt({encoding, unicode}, _) -> unicode;
setopt({encoding, utf8}, _) -> unicode;
setopt({echo, _}, Encoding) -> Encoding;
setopt({binary, _}, Encoding) -> Encoding;
setopt({expand_fun, _}, Encoding) -> Encoding;
setopt(list, Encoding) -> Encoding;
setopt(binary, Encoding) -> Encoding;
setopt(_, _) -> throw(enotsup).
