% SPDX-License-Identifier: Apache-2.0
%% The host gives back what makes atoms: they count as the sandbox's.
% hostile: 84 34
% verdict: error system_limit or error badarg
% limits: atoms=20000, deadline=4s
-module(host_atoms).
-export([main/0]).

main() -> ask(0).
ask(N) -> _ = host:echo(list_to_atom("h_" ++ integer_to_list(N))), ask(N + 1).
