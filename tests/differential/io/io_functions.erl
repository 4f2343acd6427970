%% SPDX-License-Identifier: Apache-2.0
%% io:put_chars, nl, write, fwrite, format/1,2,3, to devices.
-module(io_functions).
-export([main/0]).

main() ->
    io:put_chars("text\n"),
    io:put_chars(<<"bin\n">>),
    io:put_chars(["io", [<<"list">>], $\n]),
    io:put_chars(standard_io, "device\n"),
    io:put_chars(unicode:characters_to_binary("ünï日\n")),
    io:nl(), io:nl(standard_io),
    io:write({a, "b", <<"c">>}), io:nl(),
    io:write(standard_io, [1]), io:nl(),
    io:format("no args~n"),
    io:fwrite("~p~n", [x]),
    io:format(standard_io, "~w~n", [y]),
    io:format(group_leader(), "~w~n", [z]),
    io:format("~ts~n", [[16#1F600, $a]]),
    io:format("~s~n", [[233, 228]]),
    io:format("~p~n", [io:get_line("")]),
    io:format("~p~n", [io:get_chars("", 3)]),
    io:format("~p~n", [io:read("")]),
    io:format("~p~n", [io:columns()]),
    io:format("~p~n", [io:printable_range()]),
    erlang:display_string("") =:= true orelse ok.
