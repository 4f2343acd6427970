%% SPDX-License-Identifier: Apache-2.0
%% try with of, catch, after in every order of success and failure.
-module(try_nests).
-export([main/0]).

main() ->
    [io:format("~p~n", [{A, B, C, outer(A, B, C)}])
     || A <- [ok, throw, error, exit], B <- [ok, throw, error], C <- [ok, error]].

outer(A, B, C) ->
    put(log, []),
    R = try
        try act(A, 1) of
            V -> log(of_clause), {value, V, act(B, 2)}
        catch
            throw:T -> log({caught, T}), {thrown, T, act(B, 3)};
            error:E when E =:= {bad, 1} -> log(error), act(B, 4)
        after
            log(inner_after), act(C, 5)
        end
    catch
        Class:Reason -> log({outer, Class}), {Class, Reason}
    after
        log(outer_after)
    end,
    {R, lists:reverse(get(log))}.

act(ok, N) -> N;
act(throw, N) -> throw({t, N});
act(error, N) -> error({bad, N});
act(exit, N) -> exit({e, N}).

log(X) -> put(log, [X | get(log)]).
