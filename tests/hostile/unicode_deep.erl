% SPDX-License-Identifier: Apache-2.0
%% Text in lists that are nested a million times.
% hostile: 46 22
% verdict: done or killed or error badarg
% limits: deadline=5s
-module(unicode_deep).
-export([main/0]).

main() ->
    Deep = lists:foldl(fun(_, D) -> [D, "x"] end, <<"y">>, lists:seq(1, 500000)),
    _ = unicode:characters_to_binary(Deep),
    _ = unicode:characters_to_list(Deep),
    _ = iolist_to_binary(Deep),
    _ = iolist_size(Deep),
    _ = lists:flatlength(Deep),
    catch unicode:characters_to_binary([Deep | 16#110000]),
    ok.
