% SPDX-License-Identifier: Apache-2.0
%% A new pattern each time: what is kept of them is bounded.
% hostile: 45
% verdict: deadline or killed
% limits: deadline=1s
-module(re_pattern_flood).
-export([main/0]).

main() -> flood(0).
flood(N) -> _ = re:run("subject", "a" ++ integer_to_list(N) ++ "(b|c)*"), flood(N + 1).
