% SPDX-License-Identifier: Apache-2.0
%% Processes suspend and resume each other for ever.
% hostile: 73
% verdict: deadline or done
% limits: deadline=1s
-module(resume_race).
-export([main/0]).

main() ->
    L = [spawn(fun() -> receive {others, O} -> race(O) end end) || _ <- lists:seq(1, 20)],
    [P ! {others, L -- [P]} || P <- L],
    receive never -> ok end.
race(O) -> [begin catch erlang:suspend_process(P), catch erlang:resume_process(P) end || P <- O], race(O).
