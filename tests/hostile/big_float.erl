% SPDX-License-Identifier: Apache-2.0
%% A large integer becomes a float.
% hostile: 43
% verdict: error badarith or error system_limit or error badarg
-module(big_float).
-export([main/0]).

main() -> (1 bsl 4000000) * 1.0.
