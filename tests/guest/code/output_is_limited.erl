%% SPDX-License-Identifier: Apache-2.0
%% What a sandbox writes counts against its output limit.
%% args: --output 30
%% expect: 0123456789
%% expect: {error,enospc}
-module(output_is_limited).
-export([main/0]).

main() ->
    io:put_chars("0123456789\n"),
    R = io:request(user, {put_chars, unicode, "this is a line of more bytes than are left\n"}),
    io:format("~p~n", [R]).
