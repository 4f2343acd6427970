%% SPDX-License-Identifier: Apache-2.0
%% The environment, signals, and names of files as natives see them.
-module(os_and_file_names).
-export([main/0]).

main() ->
    [show(fun() -> os:getenv(id(N)) end) || N <- [foo, "A=B", "NOT_SET_ANYWHERE", [0], [16#400], <<"HOME">>, [16#D800], 1]],
    [show(fun() -> {os:putenv(id(N), id(V)), os:getenv(N)} end)
     || {N, V} <- [{"XX", "\x{e5}\x{e4}"}, {"X=X", "1"}, {"A", [0]}, {a, "1"}, {"A", 1}, {"A", <<"b">>}, {<<"A">>, "b"},
                   {"A", [$a | <<"b">>]}, {"XX", [16#400, $a]}, {"=a", "1"}, {"XX", [16#D800]}, {"XX", ""}]],
    show(fun() -> lists:keyfind("XX", 1, os:env()) end),
    [show(fun() -> {os:unsetenv(id(N)), os:getenv(N)} end) || N <- ["XX", "XX=", a, "NOT_SET"]],
    show(fun() -> {is_list(os:getpid()), is_integer(os:perf_counter()), is_integer(os:system_time())} end),
    [show(fun() -> is_integer(os:system_time(id(U))) end) || U <- [second, native, 1000, foo, 0, -1, 1.0]],
    show(fun() -> {A, B, C} = os:timestamp(), is_integer(A + B + C) end),
    [show(fun() -> os:set_signal(id(S), id(O)) end)
     || {S, O} <- [{sigterm, default}, {foo, default}, {sighup, foo}, {sighup, ignore}, {sighup, handle}, {1, handle}, {sigkill, default}]],
    show(fun() -> {file:native_name_encoding(), io:printable_range(), error_logger:warning_map()} end),
    [show(fun() -> prim_file:internal_name2native(id(X)) end)
     || X <- ["abc", "\x{e5}\x{e4}", [16#400], a, <<"abc">>, <<255>>, ["a", "b"], [a, <<"x">>], [0], "a\0b", [16#D800],
              <<"a", 0>>, 1, ["a" | b], "", [[]], <<>>, [-1], [16#110000], ["a", [["b"]], $c], <<1:1>>]],
    [show(fun() -> prim_file:internal_native2name(id(X)) end)
     || X <- [<<"abc">>, <<"\x{e5}\x{e4}"/utf8>>, <<255>>, "abc", a, <<"a", 0>>, <<>>, <<1:1>>, <<"a", 204, 136>>]],
    [show(fun() -> prim_file:internal_normalize_utf8(id(X)) end) || X <- [<<"abc">>, <<"\x{e5}"/utf8>>, <<255>>, "abc", a, <<1:1>>]],
    [show(fun() -> prim_file:is_translatable(id(X)) end) || X <- [<<"abc">>, <<"\x{e5}"/utf8>>, <<255>>, "abc", a, <<1:1>>]].

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
