% SPDX-License-Identifier: Apache-2.0
%% All modules that are there are deleted and purged.
% hostile: 65 79
% verdict: done or error undef or killed or deadline
% limits: deadline=2s
-module(delete_library).
-export([main/0]).

main() ->
    [begin catch code:purge(M), catch code:delete(M), catch code:purge(M) end || {M, _} <- code:all_loaded(), M =/= ?MODULE],
    [catch erlang:delete_module(M) || M <- [lists, erlang, init, code, error_handler]],
    ok.
