% SPDX-License-Identifier: Apache-2.0
%% Native code is not loaded, whatever the name.
% hostile: 66 75
% verdict: done
-module(native_library).
-export([main/0]).

main() ->
    [{error, {load_failed, _}} = erlang:load_nif(P, 0) || P <- ["/lib/x86_64-linux-gnu/libc", "libc", "../../x"]],
    [case (catch erlang:load_nif(P, 0)) of {'EXIT', _} -> ok; {error, _} -> ok end || P <- [[], <<"x">>, [0], [1 bsl 40]]],
    [case (catch erl_ddll:load("/lib", N)) of {error, _} -> ok; {'EXIT', _} -> ok end || N <- ["libc", libc]],
    ok.
