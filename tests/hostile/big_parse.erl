% SPDX-License-Identifier: Apache-2.0
%% A million digits are parsed.
% hostile: 42
% verdict: error system_limit or done or deadline or error badarg
% limits: deadline=5s
-module(big_parse).
-export([main/0]).

main() -> is_integer(binary_to_integer(binary:copy(<<"7">>, 1300000))).
