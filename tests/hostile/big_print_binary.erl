% SPDX-License-Identifier: Apache-2.0
%% The same to a binary in base 3.
% hostile: 43
% verdict: error system_limit or done or deadline
% limits: deadline=5s
-module(big_print_binary).
-export([main/0]).

main() -> is_binary(integer_to_binary(1 bsl 4000000, 3)).
