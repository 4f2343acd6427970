%% SPDX-License-Identifier: Apache-2.0
-module(ol_helper).
-export([get/0]).
-on_load(init/0).

init() ->
    put(in_on_load, true),
    ok.

get() -> {helper, erlang:get(in_on_load)}.
