%% SPDX-License-Identifier: Apache-2.0
%% Arithmetic and size builtins as instructions, on good and bad arguments.
-module(gc_bifs).
-export([main/0, id/1]).

main() ->
    Good = [fun() -> id(7) + id(3) end, fun() -> id(7) - id(3) end, fun() -> id(7) * id(3) end,
            fun() -> id(7) / id(2) end, fun() -> id(7) div id(2) end, fun() -> id(-7) rem id(2) end,
            fun() -> id(7) band id(3) end, fun() -> id(7) bor id(8) end, fun() -> id(7) bxor id(2) end,
            fun() -> bnot id(7) end, fun() -> id(7) bsl id(70) end, fun() -> id(1 bsl 80) bsr id(70) end,
            fun() -> -id(7) end, fun() -> +id(7) end, fun() -> abs(id(-7)) end,
            fun() -> float(id(7)) end, fun() -> trunc(id(7.9)) end, fun() -> round(id(7.5)) end,
            fun() -> floor(id(-7.5)) end, fun() -> ceil(id(-7.5)) end,
            fun() -> length(id([1, 2])) end, fun() -> byte_size(id(<<1:9>>)) end,
            fun() -> bit_size(id(<<1:9>>)) end, fun() -> size(id({1, 2})) end,
            fun() -> size(id(<<1, 2, 3>>)) end, fun() -> tuple_size(id({1})) end,
            fun() -> map_size(id(#{a => 1})) end, fun() -> binary_part(id(<<"abcdef">>), 2, 3) end,
            fun() -> binary_part(id(<<"abcdef">>), {6, -2}) end, fun() -> max(id(1), id(1.0)) end,
            fun() -> min(id(1), id(1.0)) end, fun() -> is_map_key(id(a), id(#{a => 1})) end,
            fun() -> map_get(id(a), id(#{a => 1})) end],
    io:format("~p~n", [[t(F) || F <- Good]]),
    Bad = [fun() -> id(a) + id(3) end, fun() -> id(7) - id([]) end, fun() -> id({}) * id(3) end,
           fun() -> id(7) / id(0) end, fun() -> id(7) / id(0.0) end, fun() -> id(7) div id(0) end,
           fun() -> id(7.0) div id(1) end, fun() -> id(7) rem id(0) end, fun() -> id(7) band id(1.0) end,
           fun() -> bnot id(a) end, fun() -> id(7) bsl id(a) end, fun() -> id(1) bsl id(1 bsl 64) end,
           fun() -> id(0) bsl id(1 bsl 64) end, fun() -> id(1) bsr id(1 bsl 64) end,
           fun() -> id(-1) bsr id(1 bsl 64) end, fun() -> -id(a) end, fun() -> abs(id(a)) end,
           fun() -> float(id(1 bsl 2000)) end, fun() -> trunc(id(a)) end, fun() -> round(id(<<>>)) end,
           fun() -> length(id([1 | 2])) end, fun() -> byte_size(id(a)) end, fun() -> size(id([])) end,
           fun() -> tuple_size(id([])) end, fun() -> map_size(id([])) end,
           fun() -> binary_part(id(<<"abc">>), 2, 3) end, fun() -> map_get(id(b), id(#{a => 1})) end,
           fun() -> map_get(id(b), id([])) end, fun() -> is_map_key(id(b), id([])) end,
           fun() -> hd(id([])) end, fun() -> tl(id(a)) end, fun() -> element(id(0), id({a})) end,
           fun() -> element(id(2), id({a})) end, fun() -> element(id(1), id(a)) end,
           fun() -> setelement(id(3), id({a}), x) end],
    [io:format("~p~n", [t(F)]) || F <- Bad].

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
