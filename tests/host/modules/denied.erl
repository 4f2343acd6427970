%% SPDX-License-Identifier: Apache-2.0
%% Calls builtins in every way that there is. What they answer is of no interest here.
-module(denied).
-export([call/2, resume/3]).

call(Name, Way) ->
    {M, F, Args} = sample(Name),
    via(Way, M, F, Args).

%% The builtin with arguments that bring it as far as the question whether it may.
sample(Name) ->
    [M, Rest] = binary:split(Name, <<":">>),
    [F, Arity] = binary:split(Rest, <<"/">>),
    Function = binary_to_atom(F),
    {binary_to_atom(M), Function, arguments(Function, binary_to_integer(Arity))}.

arguments(output, 2) -> [1, <<"x">>];
arguments(rollback, 2) -> [?MODULE, 1];
arguments(try_load, 3) -> ["/", "x", []];
arguments(display_string, 1) -> ["x"];
arguments(finish_loading, 1) -> [[]];
arguments(load_nif, 2) -> ["/x", 0];
arguments(localtime_to_universaltime, 2) -> [{{2020, 1, 1}, {0, 0, 0}}, undefined];
arguments(universaltime_to_localtime, 1) -> [{{2020, 1, 1}, {0, 0, 0}}];
arguments(system_time, 1) -> [second];
arguments(time_offset, 1) -> [second];
arguments(open_port, 2) -> [{spawn, "true"}, []];
arguments(prepare_loading, 2) -> [?MODULE, <<>>];
arguments(process_display, 2) -> [group_leader(), backtrace];
arguments(putenv, 2) -> ["A", "B"];
arguments(open_nif, 2) -> [<<"/etc/passwd", 0>>, [read]];
arguments(read_file_nif, 1) -> [<<"/etc/passwd", 0>>];
arguments(_, 0) -> [];
arguments(_, Arity) -> ["x" || _ <- lists:seq(1, Arity)].

via(imported, M, F, Args) -> direct:call({M, F, length(Args)}, Args);
via(apply, M, F, Args) -> apply(M, F, Args);
via(apply_fun, M, F, Args) -> apply(erlang:make_fun(M, F, length(Args)), Args);
via(external_fun, M, F, Args) ->
    Arity = length(Args),
    Fun = fun M:F/Arity,
    case Args of
        [] -> Fun();
        [A] -> Fun(A);
        [A, B] -> Fun(A, B);
        [A, B, C] -> Fun(A, B, C);
        [A, B, C, D] -> Fun(A, B, C, D)
    end;
via(fun_of_bytes, M, F, Args) -> apply(fun_of_bytes(M, F, length(Args)), Args);
via(fun_in_message, M, F, Args) ->
    {Pid, Ref} = spawn_monitor(fun() -> receive Fun -> apply(Fun, Args) end end),
    Pid ! fun_of_bytes(M, F, length(Args)),
    over(Ref);
via(spawn, M, F, Args) -> over(monitor(process, spawn(M, F, Args)));
via(spawn_opt, M, F, Args) -> over(element(2, spawn_opt(M, F, Args, [monitor])));
via(spawn_request, M, F, Args) -> spawn_request(M, F, Args, []);
via(spawn_of_fun, M, F, Args) ->
    over(element(2, spawn_monitor(fun() -> apply(M, F, Args) end)));
via(proc_lib, M, F, Args) -> over(monitor(process, proc_lib:spawn(M, F, Args)));
via(hibernate, M, F, Args) ->
    {Pid, Ref} = spawn_monitor(fun() -> proc_lib:hibernate(?MODULE, resume, [M, F, Args]) end),
    Pid ! go,
    over(Ref);
via(timer, M, F, Args) -> timer:apply_after(0, M, F, Args);

via(map, M, F, Args) -> lists:foreach(fun(As) -> erlang:apply(M, F, As) end, [Args]).

%% What hibernates goes on at the message that is there already.
resume(M, F, Args) ->
    self() ! again,
    erlang:hibernate(M, F, Args).

over(Ref) -> receive {'DOWN', Ref, _, _, _} -> ok end.

fun_of_bytes(M, F, Arity) ->
    binary_to_term(<<131, 113, (atom(M))/binary, (atom(F))/binary, 97, Arity>>).

atom(A) ->
    Text = atom_to_binary(A),
    <<119, (byte_size(Text)), Text/binary>>.
