% SPDX-License-Identifier: Apache-2.0
%% Each reason holds the one before it, with its trace.
% hostile: 21
% verdict: killed or done
-module(exception_chain).
-export([main/0]).

main() -> nest(20000, first), ok.
nest(0, R) -> R;
nest(N, R) -> try error({oops, R}) catch error:X:S -> nest(N - 1, {X, S}) end.
