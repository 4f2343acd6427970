% SPDX-License-Identifier: Apache-2.0
%% Named tables, as many as there may be, under the names of system tables first.
% hostile: 38 9
% verdict: error system_limit or error badarg
-module(ets_named_squat).
-export([main/0]).

main() ->
    [catch ets:new(Name, [named_table, public]) || Name <- [ac_tab, logger, code, inet_db, ets]],
    more(0).
more(N) -> ets:new(list_to_atom("t" ++ integer_to_list(N)), [named_table]), more(N + 1).
