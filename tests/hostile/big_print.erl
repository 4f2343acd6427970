% SPDX-License-Identifier: Apache-2.0
%% A number of four million bits is printed.
% hostile: 43
% verdict: error system_limit or done or deadline
% limits: deadline=5s
-module(big_print).
-export([main/0]).

main() -> is_list(integer_to_list(1 bsl 4000000)).
