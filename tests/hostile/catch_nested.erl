% SPDX-License-Identifier: Apache-2.0
%% A hundred thousand handlers within each other, all of which are passed.
% hostile: more 21
% verdict: done or killed or deadline
% limits: deadline=2s
-module(catch_nested).
-export([main/0]).

main() -> catch down(100000), {'EXIT', _} = (catch again(100000)), ok.
down(0) -> throw(ball);
down(N) -> try down(N - 1) of X -> X + 1 catch throw:other -> 0 after put(n, N) end.
again(0) -> error(end_of_it);
again(N) -> try again(N - 1) catch error:R -> error({N rem 2, R}) end.
