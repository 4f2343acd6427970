%% SPDX-License-Identifier: Apache-2.0
%% error, exit and throw that are applied show who applies them, in a tail call too; apply
%% of apply is the apply inside.
-module(applied_raisers_trace).
-export([main/0, id/1]).

main() ->
    Raisers = [{error, [oops]}, {error, [oops, [a, b]]}, {error, [oops, none]},
               {error, [oops, [c], [{error_info, #{cause => x}}]]}, {error, [oops, [c], bad]},
               {exit, [gone]}, {throw, [ball]}, {exit, [a, b]}, {raise, [error, r, []]},
               {nif_error, [n]}, {atom_to_list, [1]}, {apply, [1, 2, []]},
               {apply, [erlang, apply, [erlang, error, [deep]]]},
               {apply, [erlang, apply, [erlang, apply, [erlang, exit, [deeper]]]]},
               {apply, [erlang, apply, [1, 2, 3]]}, {apply, [erlang, apply, [m, f, [a | b]]]},
               {apply, [erlang, apply, [m, f]]}, {apply, [erlang, apply, [m, f | g]]},
               {apply, [erlang, apply, [?MODULE, nothing, [x]]]}, {apply, [fun id/1, [1, 2]]},
               {apply, [?MODULE, id, lists:duplicate(300, x)]}, {apply, [nope, [1]]}],
    [begin
         io:format("~p ~P~n", [F, A, 12]),
         show(fun() -> only(erlang, F, A) end),
         show(fun() -> last(erlang, F, A) end),
         show(fun() -> body(erlang, F, A) end),
         case A of
             [X] ->
                 show(fun() -> fixed_only(erlang, F, X) end),
                 show(fun() -> fixed_last(erlang, F, X) end),
                 show(fun() -> fixed_body(erlang, F, X) end);
             [X, Y] ->
                 show(fun() -> fixed_last(erlang, F, X, Y) end);
             [X, Y, Z] ->
                 show(fun() -> fixed_last(erlang, F, X, Y, Z) end),
                 show(fun() -> fixed_body(erlang, F, X, Y, Z) end)
         end
     end || {F, A} <- Raisers],
    io:format("~p~n", [dead(fun() -> last(erlang, error, [oops]) end)]),
    io:format("~p~n", [dead(fun() -> fixed_only(erlang, throw, ball) end)]).

only(M, F, A) -> apply(M, F, A).

last(M, F, A) ->
    B = id(A),
    apply(M, F, B).

body(M, F, A) -> id(apply(M, F, A)).

fixed_only(M, F, X) -> M:F(X).

fixed_last(M, F, X) ->
    Y = id(X),
    M:F(Y).

fixed_body(M, F, X) -> id(M:F(X)).

fixed_last(M, F, X, Y) ->
    Z = id(X),
    M:F(Z, Y).

fixed_last(M, F, X, Y, Z) ->
    V = id(X),
    M:F(V, Y, Z).

fixed_body(M, F, X, Y, Z) -> id(M:F(X, Y, Z)).

show(F) ->
    try F() of
        V -> io:format("  = ~P~n", [V, 12])
    catch
        C:R:S -> io:format("  ~P~n", [{C, R, S}, 40])
    end.

dead(F) ->
    {Pid, Ref} = spawn_monitor(F),
    receive {'DOWN', Ref, process, Pid, Why} -> Why end.

id(X) -> X.
