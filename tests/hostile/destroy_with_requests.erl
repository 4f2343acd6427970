% SPDX-License-Identifier: Apache-2.0
%% The sandbox is destroyed with a thousand requests to the host open, half of which are answered later.
% hostile: more 84
% verdict: stopped
% destroy: 150
-module(destroy_with_requests).
-export([main/0]).

main() ->
    [spawn(fun() -> host:never(N) end) || N <- lists:seq(1, 500)],
    [spawn(fun() -> ask(N) end) || N <- lists:seq(1, 500)], receive never -> ok end.
ask(N) -> _ = host:later(N), ask(N).
