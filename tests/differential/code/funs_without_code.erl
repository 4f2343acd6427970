%% SPDX-License-Identifier: Apache-2.0
%% Funs whose module is not there: the error handler is asked to load it.
-module(funs_without_code).
-export([main/0, undefined_function/3, undefined_lambda/3]).

main() ->
    Library = library_fun(),
    io:format("~p~n", [Library(4)]),
    forget(erl_eval),
    io:format("~p~n", [Library(5)]),
    forget(erl_eval),
    io:format("~p~n", [lists:map(Library, [1, 2])]),
    forget(erl_eval),
    io:format("~p~n", [apply(Library, [6])]),
    forget(erl_eval),
    io:format("~p~n", [tried(fun() -> Library(1, 2) end)]),
    io:format("~p~n", [code:is_loaded(erl_eval)]),
    {Pid, M} = spawn_monitor(fun() -> exit(Library(7)) end),
    receive {'DOWN', M, process, Pid, Why} -> io:format("~p~n", [Why]) end,
    Nobodys = nobodys_fun(2),
    io:format("~p~n", [tried(fun() -> Nobodys(a, b) end)]),
    io:format("~p~n", [tried(fun() -> [Nobodys(a, b)] end)]),
    io:format("~p~n", [tried(fun() -> apply(Nobodys, [a, b]) end)]),
    io:format("~p~n", [tried(fun() -> Nobodys(a) end)]),
    io:format("~p~n", [tried(fun() -> lists:foldl(Nobodys, a, [b]) end)]),
    Mine = in_loaded_module(),
    io:format("~p~n", [tried(fun() -> Mine() end)]),
    process_flag(error_handler, ?MODULE),
    io:format("~p~n", [tried(fun() -> Nobodys(a, b) end)]),
    io:format("~p~n", [tried(fun() -> [Nobodys(a, c)] end)]),
    process_flag(error_handler, there_is_no_such_handler),
    io:format("~p~n", [tried(fun() -> [Nobodys(a, c)] end)]),
    process_flag(error_handler, error_handler).

undefined_function(M, F, A) -> error_handler:undefined_function(M, F, A).
undefined_lambda(M, F, A) -> {lambda, M, is_function(F, length(A)), A}.

library_fun() ->
    {ok, Tokens, _} = erl_scan:string("fun(X) -> X * X end."),
    {ok, [E]} = erl_parse:parse_exprs(Tokens),
    {value, F, _} = erl_eval:expr(E, []),
    F.

forget(M) ->
    code:purge(M), code:delete(M), code:purge(M), false = code:is_loaded(M).

%% A fun of a module that exists nowhere, of this arity and without environment.
nobodys_fun(Arity) -> made(nobodys_module, Arity).

%% One of this module that it does not have.
in_loaded_module() -> made(?MODULE, 0).

made(Module, Arity) ->
    Rest = iolist_to_binary([<<Arity, 7:128, 99:32, 0:32>>, part(Module), part(1234), part(5678), part(self())]),
    binary_to_term(<<131, $p, (byte_size(Rest) + 4):32, Rest/binary>>).

part(T) ->
    <<131, Bytes/binary>> = term_to_binary(T),
    Bytes.

tried(F) ->
    try F() catch C:R:S -> {C, shown(R), [shown(E) || E <- lists:sublist(S, 2)]} end.

shown({F, Args, _}) when is_function(F) -> {a_fun, Args};
shown({M, F, A, _}) -> {M, F, A};
shown({Tag, {F, Args}}) when is_function(F) -> {Tag, Args};
shown({Tag, F}) when is_function(F) -> {Tag, a_fun};
shown(T) -> T.
