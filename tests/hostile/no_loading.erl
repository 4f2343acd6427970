% SPDX-License-Identifier: Apache-2.0
%% Without the capability no code is loaded, however it is tried.
% hostile: 78 66
% verdict: done
% deny: load_code
-module(no_loading).
-export([main/0]).

main() ->
    {_, Beam, _} = code:get_object_code(?MODULE),
    [case catch F() of {error, _} -> ok; {'EXIT', _} -> ok end ||
        F <- [fun() -> code:load_binary(?MODULE, "x", Beam) end, fun() -> erlang:load_module(?MODULE, Beam) end,
              fun() -> erlang:prepare_loading(?MODULE, Beam) end, fun() -> code:prepare_loading([{?MODULE, "x", Beam}]) end,
              fun() -> code:atomic_load([{?MODULE, "x", Beam}]) end, fun() -> apply(list_to_atom("erts_internal"), prepare_loading, [?MODULE, Beam]) end]],
    ok.
