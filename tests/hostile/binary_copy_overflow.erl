% SPDX-License-Identifier: Apache-2.0
%% The size of the result overflows any integer.
% hostile: 5
% verdict: error system_limit or killed
-module(binary_copy_overflow).
-export([main/0]).

main() -> binary:copy(<<0:8000>>, 1 bsl 62).
