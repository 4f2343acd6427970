% SPDX-License-Identifier: Apache-2.0
%% A terabyte in one builtin.
% hostile: 5
% verdict: killed or error system_limit
-module(binary_copy_terabyte).
-export([main/0]).

main() -> binary:copy(<<0:8000>>, 1000000000).
