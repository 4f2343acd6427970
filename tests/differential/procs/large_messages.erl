%% SPDX-License-Identifier: Apache-2.0
%% Large messages of lists, binaries and maps between processes; shared binaries.
-module(large_messages).
-export([main/0]).

main() ->
    S = self(),
    E = spawn(fun L() -> receive {F, X} -> F ! {back, erlang:phash2(X), X}, L() end end),
    [begin
        E ! {S, X},
        receive {back, H, Y} -> io:format("~p ~p~n", [H, X =:= Y]) end
     end || X <- [lists:seq(1, 100000), binary:copy(<<"0123456789">>, 100000), maps:from_list([{N, [N]} || N <- lists:seq(1, 20000)]),
                  list_to_tuple(lists:seq(1, 50000)), lists:duplicate(1000, binary:copy(<<1>>, 1000)), [1 bsl N || N <- lists:seq(1, 500)]]],
    B = binary:copy(<<7>>, 1000000),
    [spawn(fun() -> S ! {size, byte_size(binary:part(B, N, 100))} end) || N <- lists:seq(1, 100)],
    io:format("~p~n", [lists:sum([receive {size, Z} -> Z end || _ <- lists:seq(1, 100)])]).
