% SPDX-License-Identifier: Apache-2.0
%% As many registered names as there may be atoms.
% hostile: 38 34
% verdict: error system_limit
% limits: atoms=10000
-module(register_flood).
-export([main/0]).

main() -> more(0).
more(N) -> register(list_to_atom("name_" ++ integer_to_list(N)), spawn(fun() -> receive x -> ok end end)), more(N + 1).
