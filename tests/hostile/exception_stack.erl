% SPDX-License-Identifier: Apache-2.0
%% Exceptions in exceptions.
% hostile: 21
% verdict: done
-module(exception_stack).
-export([main/0]).

main() -> nest(100000).
nest(0) -> ok;
nest(N) -> try error({oops, N}) catch error:{oops, N}:S -> true = is_list(S), nest(N - 1) end.
