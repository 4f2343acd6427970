%% SPDX-License-Identifier: Apache-2.0
%% How a linked, trapping parent sees each way to die.
-module(exit_reasons_shapes).
-export([main/0, id/1]).

main() ->
    process_flag(trap_exit, true),
    [begin
        P = spawn_link(F),
        receive {'EXIT', P, R} -> io:format("~p~n", [R]) end
     end || F <- [fun() -> ok end, fun() -> exit(bye) end, fun() -> throw(t) end,
                  fun() -> error(e) end, fun() -> 1 = id(2) end, fun() -> (id(x)):y() end,
                  fun() -> exit({shutdown, why}) end, fun() -> exit(kill) end,
                  fun() -> exit(self(), kill), receive after infinity -> x end end,
                  fun() -> exit(self(), other), receive after infinity -> x end end]].

%% Hides a value from the compiler.
id(X) -> X.
