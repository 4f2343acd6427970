% SPDX-License-Identifier: Apache-2.0
%% The sandbox is destroyed while tables are filled, scanned and deleted.
% hostile: more 9
% verdict: stopped
% destroy: 200
-module(destroy_with_tables).
-export([main/0]).

main() -> [spawn(fun() -> tables() end) || _ <- lists:seq(1, 20)], tables().
tables() ->
    T = ets:new(t, [ordered_set, public]),
    [ets:insert(T, {N, N}) || N <- lists:seq(1, 2000)],
    _ = ets:select(T, [{{'$1', '_'}, [{'>', '$1', 5}], ['$1']}]), ets:delete(T), tables().
