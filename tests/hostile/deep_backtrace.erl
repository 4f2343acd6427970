% SPDX-License-Identifier: Apache-2.0
%% Traces of a stack of a hundred thousand frames, as long as may be asked for.
% hostile: more 21
% verdict: done or killed
% limits: deadline=4s
-module(deep_backtrace).
-export([main/0]).

main() ->
    catch erlang:system_flag(backtrace_depth, 1 bsl 40),
    catch erlang:system_flag(backtrace_depth, 1 bsl 20),
    deep(100000), ok.
deep(0) ->
    [try error(x) catch error:x:S -> length(S) end || _ <- lists:seq(1, 100)],
    _ = process_info(self(), [backtrace, current_stacktrace]), 0;
deep(N) -> 1 + deep(N - 1).
