-module(regex).
-export([run/1]).
run(N) -> {ok, P} = re:compile("(\\w+)@(\\w+)\\.com"), loop(N, P, 0).
loop(0, _, S) -> S;
loop(N, P, S) ->
    {match, [_, {A, L}, _]} = re:run("please write to someone@example.com, thanks", P),
    loop(N - 1, P, S + A + L).
