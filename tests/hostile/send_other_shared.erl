% SPDX-License-Identifier: Apache-2.0
%% The same to another process.
% hostile: 23
% verdict: killed or done or deadline
% limits: deadline=3s
-module(send_other_shared).
-export([main/0]).

main() ->
    P = spawn(fun() -> receive _ -> ok end end),
    P ! double(35, []), ok.
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
