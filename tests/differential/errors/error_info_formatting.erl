%% SPDX-License-Identifier: Apache-2.0
%% erl_error formats exceptions with the explanations of error_info.
-module(error_info_formatting).
-export([main/0, id/1]).

main() ->
    [show(F) || F <- [fun() -> element(id(5), {a}) end, fun() -> atom_to_list(id(1)) end,
                      fun() -> list_to_integer(id("abc")) end, fun() -> binary:part(id(<<1>>), 5, 1) end,
                      fun() -> maps:get(id(a), #{}) end, fun() -> id(1) + id(a) end,
                      fun() -> lists:nth(id(5), [1]) end, fun() -> ets:lookup(id(no_table), 1) end,
                      fun() -> id({ok, 1}) =:= ok orelse error(custom) end,
                      fun() -> case id(5) of 6 -> x end end, fun() -> f(id(3)) end,
                      fun() -> no_mod:f(1) end, fun() -> (id(a))(1) end,
                      fun() -> register(id("x"), a) end, fun() -> throw(t) end, fun() -> exit(e) end]].

f(1) -> one.

show(F) ->
    {_, Ref} = spawn_monitor(fun() ->
        exit({text, try F() catch C:R:S ->
            erl_error:format_exception(C, R, S, #{column => 1, stack_trim_fun => fun(M, _, _) -> M =/= erlang end})
        end})
    end),
    receive {'DOWN', Ref, _, _, {text, T}} -> io:format("~ts~n", [T]) end.

%% Hides a value from the compiler.
id(X) -> X.
