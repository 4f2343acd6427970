% SPDX-License-Identifier: Apache-2.0
%% Every process starts two.
% hostile: 17
% verdict: error system_limit or deadline
% limits: processes=10000, deadline=2s
-module(process_bomb).
-export([main/0, bomb/0]).

main() -> bomb().
bomb() -> spawn(?MODULE, bomb, []), spawn(?MODULE, bomb, []), bomb().
