%% SPDX-License-Identifier: Apache-2.0
%% Atoms, pids, references, ports and funs to text and back.
-module(atoms_and_names).
-export([main/0]).

main() ->
    As = fun(N) -> lists:duplicate(N, $a) end,
    [show(fun() -> class(fun() -> list_to_atom(id(L)) end) end)
     || L <- [As(255), As(256), As(256) ++ [b], As(255) ++ [b], [a | As(256)], As(256) ++ b, [16#D800], [16#110000], [-1],
              [a], a, "", [16#400, 255]]],
    [show(fun() -> class(fun() -> list_to_existing_atom(id(L)) end) end) || L <- [As(256), "no such atom here", [a], "ok"]],
    [show(fun() -> class(fun() -> binary_to_atom(id(B), id(E)) end) end)
     || {B, E} <- [{list_to_binary(As(256)), utf8}, {list_to_binary(As(256)), latin1}, {list_to_binary(As(255)), utf8},
                   {<<255>>, utf8}, {<<255>>, latin1}, {list_to_binary([As(300), 255]), utf8},
                   {list_to_binary([255, As(1300)]), utf8}, {<<1:1>>, utf8}, {<<"a">>, foo}, {a, foo}, {a, utf8},
                   {<<"ok">>, unicode}, {<<195, 165>>, utf8}, {<<195>>, utf8}]],
    [show(fun() -> class(fun() -> binary_to_existing_atom(id(B), id(E)) end) end)
     || {B, E} <- [{list_to_binary(As(256)), utf8}, {<<"no such atom there">>, latin1}, {<<"ok">>, utf8}, {ok, utf8}]],
    [show(fun() -> {atom_to_binary(id(A), latin1), atom_to_binary(A, utf8), atom_to_binary(A, unicode)} end)
     || A <- [ok, '', '\x{ff}', '\x{400}', 1]],
    show(fun() -> atom_to_binary(ok, id(foo)) end),
    [show(fun() -> atom_to_list(id(A)) end) || A <- [ok, '', 'a\x{400}', "x"]],
    [show(fun() -> list_to_pid(id(L)) end)
     || L <- ["<0.3.4>x", "<0.3.>", "<.3.4>", "<0.3.4", x, "<0.3.99999999999>", "<0.1.2" ++ a, [$< | 1], "", "<a.b.c>"]],
    show(fun() -> pid_to_list(list_to_pid(id("<00.03.004>"))) end),
    show(fun() -> list_to_pid(pid_to_list(self())) =:= self() end),
    show(fun() -> pid_to_list(id(a)) end),
    show(fun() -> R = make_ref(), list_to_ref(ref_to_list(R)) =:= R end),
    [show(fun() -> list_to_ref(id(L)) end) || L <- ["#Ref<1.2.3>", "#Ref<0.1.2.262144>", "#Ref<0.1.2", a, "#Ref<0.1.2.x>"]],
    show(fun() -> ref_to_list(id(a)) end),
    [show(fun() -> port_to_list(list_to_port(id(L))) end)
     || L <- ["#Port<0.3>", "#Port<0.268435455>", "#Port<0.268435456>", "#Port<0.12", "#Port<12>", a]],
    show(fun() -> port_to_list(id(a)) end),
    X = id(1),
    Local = fun(A) -> A + X end,
    [show(fun() -> erlang:fun_info(fun lists:map/2, id(I)) end)
     || I <- [type, module, name, arity, new_index, new_uniq, index, uniq, env, pid, refc, foo, 1]],
    [show(fun() -> erlang:fun_info(Local, id(I)) end) || I <- [type, module, arity, env]],
    show(fun() -> [erlang:fun_info(id(x), module)] end),
    show(fun() -> {M, _, A} = erlang:fun_info_mfa(Local), {M, A, erlang:fun_info_mfa(fun lists:map/2)} end),
    show(fun() -> erlang:fun_info_mfa(id(x)) end),
    [show(fun() -> erlang:make_fun(id(M), id(F), id(A)) end)
     || {M, F, A} <- [{a, b, 256}, {a, b, 255}, {a, 1, 25}, {1, b, 2}, {a, b, -1}, {a, b, 1 bsl 70}, {lists, map, 2}]],
    show(fun() -> {erlang:fun_to_list(fun lists:map/2), erlang:fun_to_list(fun 'A b':'c d'/2)} end),
    show(fun() -> lists:sublist(erlang:fun_to_list(Local), 22) end),
    show(fun() -> erlang:fun_to_list(id(x)) end).

    class(F) ->
        try F()
        catch C:E:Trace -> {M, N, A, I} = hd(Trace), {C, E, M, N, length(A), I}
        end.

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F()
        catch C:E:Trace -> {C, E, hd(Trace)}
        end,
    io:format("~p~n", [R]).

id(X) -> X.
