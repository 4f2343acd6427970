% SPDX-License-Identifier: Apache-2.0
%% A match specification of a hundred thousand clauses.
% hostile: 51
% verdict: done or killed or deadline or error system_limit
% limits: deadline=2s
-module(ets_spec_wide).
-export([main/0]).

main() ->
    Spec = [{{'$1', N}, [{'>', '$1', N}], [{{N, '$1'}}]} || N <- lists:seq(1, 100000)],
    Compiled = ets:match_spec_compile(Spec),
    run(Compiled, 1000).
run(_, 0) -> ok;
run(C, N) -> _ = ets:match_spec_run([{N, a}], C), run(C, N - 1).
