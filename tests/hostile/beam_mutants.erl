% SPDX-License-Identifier: Apache-2.0
%% Bytes of a module's code and tables are changed, and what still loads is run.
% hostile: 62 63
% verdict: done or killed or deadline or limit memory
% limits: deadline=6s
-module(beam_mutants).

-export([main/0, f/1, g/2]).
f(L) -> try [X * 2 || X <- L, is_integer(X)] of R -> lists:sum(R) catch _:R -> {caught, R} end.
g(<<A:8, B:16/little, R/binary>>, M) -> #{A := V} = M, {V, B, f(R), fun(X) -> {X, A} end};
g(B, M) when is_map(M) -> receive {B, X} -> X after 0 -> {B, M} end.
main() ->
    {_, Beam, _} = code:get_object_code(?MODULE),
    {ok, _, Chunks} = beam_lib:all_chunks(Beam),
    {_, <<Count:32, Len, _:Len/binary, Atoms/binary>>} = lists:keyfind("AtU8", 1, Chunks),
    New = lists:keystore("AtU8", 1, Chunks, {"AtU8", <<Count:32, 6, "mutant", Atoms/binary>>}),
    rand:seed(exsss, 42),
    [mutant(New, lists:nth(rand:uniform(4), ["Code", "Code", "ImpT", "FunT"])) || _ <- lists:seq(1, 3000)],
    ok.
mutant(Chunks, Name) ->
    {_, Bytes} = lists:keyfind(Name, 1, Chunks),
    N = rand:uniform(byte_size(Bytes)) - 1,
    <<A:N/binary, _, Z/binary>> = Bytes,
    Changed = <<A/binary, (rand:uniform(256) - 1), Z/binary>>,
    {ok, Beam} = beam_lib:build_module(lists:keystore(Name, 1, Chunks, {Name, Changed})),
    case code:load_binary(mutant, "hostile", Beam) of
        {module, _} -> [run(F, As) || {F, As} <- [{f, [[1, a, 2]]}, {g, [<<1, 2, 3, 4>>, #{1 => x}]}, {g, [a, #{}]}]];
        {error, _} -> ok
    end,
    code:purge(mutant).
run(F, As) ->
    {P, R} = spawn_opt(fun() -> apply(mutant, F, As) end, [monitor, {max_heap_size, 100000}]),
    receive {'DOWN', R, process, P, _} -> ok after 20 -> exit(P, kill), receive {'DOWN', R, process, P, _} -> ok end end.
