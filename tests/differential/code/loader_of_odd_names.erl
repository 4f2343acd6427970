%% SPDX-License-Identifier: Apache-2.0
%% erl_prim_loader knows no file of a name that is no string.
-module(loader_of_odd_names).
-export([main/0]).

main() ->
    [io:format("~p ~p ~p~n", [F, Name, try erl_prim_loader:F(Name) catch C:R -> {C, R} end])
     || F <- [get_file, list_dir, read_file_info, read_link_info],
        Name <- [<<"/">>, <<"none">>, 5, "none", none, {}, <<"none.beam">>, "none.beam"]].
