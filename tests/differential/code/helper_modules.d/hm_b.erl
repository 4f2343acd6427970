%% SPDX-License-Identifier: Apache-2.0
-module(hm_b).
-export([twice/1, add/2, name/0, even/1, fail/1, crash/1]).

twice(X) -> X * 2.
add(A, B) -> A + B.
name() -> ?MODULE.
even(0) -> true;
even(N) -> hm_a:odd(N - 1).
fail(X) -> {hm_a:deep(X)}.
crash(X) -> error({crashed, X}).
