% SPDX-License-Identifier: Apache-2.0
%% Atoms through the scanner of Erlang terms.
% hostile: 36
% verdict: error system_limit or done
% limits: atoms=20000, deadline=8s
-module(atoms_of_scanner).
-export([main/0]).

main() -> scan(0).
scan(N) ->
    Text = [["hostile_", integer_to_list(N * 100 + K), " "] || K <- lists:seq(1, 100)],
    case erl_scan:string(lists:flatten(Text)) of
        {ok, _, _} -> scan(N + 1);
        {error, _, _} -> ok
    end.
