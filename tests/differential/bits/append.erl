%% SPDX-License-Identifier: Apache-2.0
%% Appending: what the older ends of a growing binary show, after growth, matching,
%% sharing between processes and collections; bit offsets; sizes of what is kept.
-module(append).
-export([main/0]).

grow(B, 0) -> B;
grow(B, N) -> grow(<<B/binary, N:16>>, N - 1).

keep(B, 0, Acc) -> [B | Acc];
keep(B, N, Acc) -> keep(<<B/binary, N>>, N - 1, [B | Acc]).

bits(B, 0) -> B;
bits(B, N) -> bits(<<B/bits, N:3>>, N - 1).

%% Two continuations of one beginning.
fork(B) ->
    X = <<B/binary, "left">>,
    Y = <<B/binary, "right side">>,
    Z = <<X/binary, "!">>,
    W = <<X/binary, "?">>,
    {B, X, Y, Z, W}.

matched(B) ->
    X = <<B/binary, 1, 2, 3>>,
    <<_, R/binary>> = X,
    Y = <<X/binary, 4>>,
    <<_, Q/binary>> = Y,
    Z = <<R/binary, 5, Q/binary>>,
    {X, R, Y, Q, Z}.

itself(B) -> <<B/binary, B/binary>>.

main() ->
    B = grow(<<>>, 5000),
    io:format("~p ~p~n", [byte_size(B), erlang:md5(B)]),
    Ends = keep(<<"start">>, 600, []),
    io:format("~p ~p~n", [erlang:phash2(Ends), [byte_size(E) || E <- lists:sublist(Ends, 3)]]),
    true = lists:all(fun(E) -> binary:part(hd(Ends), 0, byte_size(E)) =:= E end, Ends),
    C = bits(<<1:1>>, 1000),
    io:format("~p ~p~n", [bit_size(C), erlang:phash2(C)]),
    io:format("~p~n", [fork(<<>>)]),
    io:format("~p~n", [fork(<<"abc">>)]),
    io:format("~p~n", [erlang:phash2(fork(B))]),
    io:format("~p~n", [fork(grow(<<"abc">>, 3))]),
    io:format("~p~n", [matched(<<>>)]),
    io:format("~p~n", [matched(grow(<<>>, 2))]),
    io:format("~p~n", [erlang:phash2(matched(B))]),
    io:format("~p~n", [lists:foldl(fun(_, A) -> itself(A) end, <<"ab">>, lists:seq(1, 4))]),
    Self = itself(grow(<<"x">>, 300)),
    io:format("~p ~p~n", [byte_size(Self), erlang:phash2(Self)]),
    io:format("~p~n", [byte_size(lists:foldl(fun(_, A) -> itself(<<A/binary, 1>>) end, <<"ab">>, lists:seq(1, 12)))]),
    nothing(<<"abc">>),
    sizes(),
    shared(),
    collected(),
    large().

nothing(B) ->
    E = <<>>,
    X = <<B/binary, E/binary>>,
    Y = <<B/bits, 0:0>>,
    io:format("~p~n", [{X, Y, <<E/binary, E/binary>>, <<<<1:3>>/bits, E/binary>>}]).

sizes() ->
    [io:format("~p ~p~n", [N, binary:referenced_byte_size(<<(binary:copy(<<1>>, N))/binary, 1>>)]) || N <- [0, 1, 63, 64, 127, 128, 200]].

%% The other process has what it was sent, whatever becomes of the sender's end.
shared() ->
    Me = self(),
    P = spawn_link(fun() -> receiver(Me, []) end),
    B0 = grow(<<>>, 100),
    B1 = lists:foldl(fun(N, B) -> P ! {part, B}, <<B/binary, N:32>> end, B0, lists:seq(1, 200)),
    P ! done,
    Parts = receive {parts, Ps} -> Ps end,
    io:format("~p ~p~n", [length(Parts), erlang:phash2(Parts)]),
    io:format("~p~n", [lists:all(fun(Q) -> binary:part(B1, 0, byte_size(Q)) =:= Q end, Parts)]).

receiver(To, Acc) ->
    receive
        {part, B} -> receiver(To, [<<B/binary>>, <<B/binary, "mine">> | Acc]);
        done -> To ! {parts, [B || B <- Acc, binary:last(B) =/= $e]}
    end.

collected() ->
    R = lists:foldl(fun(N, {B, Old}) ->
                            case N rem 50 of 0 -> erlang:garbage_collect(); _ -> ok end,
                            {<<B/binary, N:7, 1:1>>, case N rem 97 of 0 -> [B | Old]; _ -> Old end}
                    end, {<<>>, []}, lists:seq(1, 1000)),
    io:format("~p~n", [erlang:phash2(R)]).

large() ->
    B = lists:foldl(fun(N, A) -> <<A/binary, (binary:copy(<<N>>, 10000))/binary>> end, <<>>, lists:seq(1, 200)),
    io:format("~p ~p~n", [byte_size(B), erlang:md5(B)]),
    {_, D} = lists:foldl(fun(N, {K, A}) -> {K + 1, <<A/bits, (binary:copy(<<N>>, 1000))/binary, K:1>>} end, {0, <<1:1>>}, lists:seq(1, 200)),
    io:format("~p ~p~n", [bit_size(D), erlang:md5(<<D/bits, 0:(8 - bit_size(D) rem 8)>>)]).
