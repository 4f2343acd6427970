%% SPDX-License-Identifier: Apache-2.0
%% ~w, io_lib:write, print, format of atoms and strings with escapes.
-module(write_of_terms).
-export([main/0]).

main() ->
    Ts = [a, 'A', 'a b', '', 'ab\'c', "str", "quo\"te", [], [[]], [a | b], {}, {a}, <<>>, <<1, 2>>, <<"text">>, <<1:3>>, <<"abc", 1:1>>, #{}, #{a => 1}, #{"k" => #{x => []}},
          1.0, -0.5, 1.0e100, 1 bsl 70, fun lists:map/2, true, "tab\t", [1, 2, 3], [$a, 1]],
    [io:format("~w | ~p | ~s | ~s~n", [T, T, io_lib:write(T), io_lib:print(T)]) || T <- Ts],
    io:format("~s ~s~n", [io_lib:write_atom('it\'s'), io_lib:write_string("a\"b\n")]),
    io:format("~p~n", [[io_lib:printable_list("abc"), io_lib:printable_list([1]), io_lib:printable_unicode_list([16#65e5]), io_lib:latin1_char_list([255]), io_lib:char_list([256]), io_lib:deep_char_list(["a", [$b]])]]),
    io:format("~p~n", [io_lib:write([1, [2, [3, [4]]]], 3)]),
    io:format("~p~n", [lists:flatten(io_lib:print({a, [1, 2, 3], "str"}, 5, 10, 20))]).
