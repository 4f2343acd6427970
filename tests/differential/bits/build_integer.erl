%% SPDX-License-Identifier: Apache-2.0
%% Integer segments of every width, alignment and byte order are built, of small and
%% big integers, positive and negative, too wide and too narrow.
-module(build_integer).
-export([main/0]).

-define(C(N), known(N, O, X) -> <<1:O, X:N, X:N/little, X:N/native, 3:2>>).

?C(0); ?C(1); ?C(2); ?C(3); ?C(4); ?C(5); ?C(6); ?C(7); ?C(8); ?C(9); ?C(10); ?C(11); ?C(12);
?C(13); ?C(14); ?C(15); ?C(16); ?C(17); ?C(18); ?C(19); ?C(20); ?C(21); ?C(22); ?C(23); ?C(24);
?C(25); ?C(26); ?C(27); ?C(28); ?C(29); ?C(30); ?C(31); ?C(32); ?C(33); ?C(34); ?C(35); ?C(36);
?C(37); ?C(38); ?C(39); ?C(40); ?C(41); ?C(42); ?C(43); ?C(44); ?C(45); ?C(46); ?C(47); ?C(48);
?C(49); ?C(50); ?C(51); ?C(52); ?C(53); ?C(54); ?C(55); ?C(56); ?C(57); ?C(58); ?C(59); ?C(60);
?C(61); ?C(62); ?C(63); ?C(64); ?C(65); ?C(66); ?C(67); ?C(68); ?C(69); ?C(70); ?C(127); ?C(128);
?C(129); ?C(191); ?C(192); ?C(193); ?C(512); ?C(1000).

any(N, O, X) -> <<1:O, X:N, X:N/little, X:N/native, 3:2>>.

sizes() -> lists:seq(0, 70) ++ [127, 128, 129, 191, 192, 193, 512, 1000].

values() ->
    Base = [0, 1, 2, 5, 127, 128, 255, 256, 16#1234, 16#123456789abcdef, (1 bsl 59) - 1, 1 bsl 59,
            (1 bsl 60) + 5, (1 bsl 63) - 1, 1 bsl 63, (1 bsl 64) - 1, 1 bsl 64, (1 bsl 64) + 1,
            16#0123456789abcdef0123456789abcdef, (1 bsl 128) - 1, 1 bsl 128, 3 bsl 191, (1 bsl 600) + 77],
    Base ++ [-X || X <- Base] ++ [-(1 bsl 128) - 1].

main() ->
    [begin
         Known = [known(N, O, X) || X <- values(), O <- [0, 1, 3, 7, 8]],
         Any = [any(N, O, X) || X <- values(), O <- [0, 1, 3, 7, 8]],
         io:format("~p ~p ~p~n", [N, erlang:phash2(Known), Known =:= Any])
     end || N <- sizes()],
    [io:format("~p ~p~n", [N, [known(N, 3, X) || X <- [16#123456789abcdef, -1, -(1 bsl 64) - 2]]])
     || N <- [0, 1, 7, 8, 9, 16, 31, 59, 60, 61, 63, 64, 65, 128]],
    [io:format("~p ~p~n", [N, <<1:3, -2:N/unit:7, 16#abcdef0123456789:N/little-unit:9>>]) || N <- lists:seq(0, 10)],
    io:format("~p~n", [[<<X:8, (X + 1):16/little, (X * 3):32, (-X):64/little, X:4, X:4>> || X <- values()]]),
    roundtrip(values(), 0).

roundtrip([X | T], Acc) ->
    Rs = [begin
              <<_:O, A:N/signed, B:N/signed-little>> = <<0:O, X:N, X:N/little>>,
              A = B,
              A =:= X
          end || N <- [8, 59, 60, 64, 65, 129, 700], O <- [0, 5]],
    roundtrip(T, erlang:phash2({Acc, Rs}));
roundtrip([], Acc) -> io:format("~p~n", [Acc]).
