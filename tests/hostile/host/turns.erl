% SPDX-License-Identifier: Apache-2.0
%% What turns_test runs: every builtin whose work grows with its input, on inputs near the
%% default memory limit. A case is {Name, Prepare, Work}; Work gets what Prepare returned.
-module(turns).
-export([names/0, run/1]).
-compile([nowarn_unused_vars, nowarn_deprecated_function]).

%% One name a line.
names() -> list_to_binary([[atom_to_list(N), $\n] || {N, _, _} <- cases()]).

run(Name) ->
    {_, Prepare, Work} = lists:keyfind(Name, 1, cases()),
    case catch Work(Prepare()) of
        {'EXIT', {Reason, _}} -> {failed, Reason};
        {'EXIT', Reason} -> {failed, Reason};
        _ -> ok
    end.

cases() ->
    integers() ++ lists_() ++ maps_() ++ binaries() ++ tuples() ++ terms() ++ procs() ++
        tables() ++ texts() ++ others() ++ options().

%% ---- integers ------------------------------------------------------------------------
max_bits() -> 64 * 524287 - 64.
odd(Bits) -> binary:decode_unsigned(random(Bits div 8)).

random(Bytes) ->
    Block = << <<(erlang:phash2({seed, I})):27>> || I <- lists:seq(1, 8000) >>,
    Whole = binary:copy(Block, Bytes div byte_size(Block) + 1),
    binary:part(Whole, 0, Bytes).

half() -> odd(64 * 262140).

integers() ->
    [{big_multiply, fun() -> {half(), odd(64 * 262000)} end, fun({A, B}) -> A * B end},
     {big_multiply_uneven, fun() -> {odd(64 * 500000), odd(64 * 20000)} end, fun({A, B}) -> A * B end},
     {big_multiply_small, fun() -> odd(64 * 500000) end, fun(A) -> A * 12345678901234567890123 end},
     {big_square, fun half/0, fun(A) -> A * A end},
     {big_divide, fun() -> {odd(max_bits()), half()} end, fun({A, B}) -> A div B end},
     {big_divide_long, fun() -> {odd(max_bits()), odd(64 * 100000)} end, fun({A, B}) -> A div B end},
     {big_divide_short, fun() -> odd(max_bits()) end, fun(A) -> A div 1234567 end},
     {big_divide_few, fun() -> odd(max_bits()) end, fun(A) -> A div odd(1280) end},
     {big_remainder, fun() -> {odd(max_bits()), half()} end, fun({A, B}) -> A rem B end},
     {big_add, fun() -> odd(max_bits()) end, fun(A) -> times(200, fun() -> A + A - A end) end},
     {big_shift, fun() -> odd(max_bits()) end, fun(A) -> times(100, fun() -> (A bsr 7) bsl 3 end) end},
     {big_bits, fun() -> odd(max_bits()) end,
      fun(A) -> times(100, fun() -> ((A band (A bsr 1)) bor (-A)) bxor (bnot A) end) end},
     {big_compare, fun() -> {odd(max_bits()), odd(max_bits())} end,
      fun({A, B}) -> times(1000, fun() -> A =:= B andalso A < B end) end},
     {big_to_float, fun() -> odd(1000) end, fun(A) -> times(1000, fun() -> A * 1.0 end) end},
     {big_to_list, fun() -> odd(max_bits()) end, fun(A) -> erlang:integer_to_list(A) end},
     {big_to_binary, fun() -> odd(max_bits()) end, fun(A) -> erlang:integer_to_binary(A) end},
     {big_to_binary_36, fun() -> odd(max_bits()) end, fun(A) -> erlang:integer_to_binary(A, 36) end},
     {big_to_binary_16, fun() -> odd(max_bits()) end, fun(A) -> erlang:integer_to_binary(A, 16) end},
     {big_parse_binary, fun() -> binary:copy(<<"7">>, 10000000) end, fun erlang:binary_to_integer/1},
     {big_parse_list, fun() -> lists:duplicate(1200000, $8) end, fun erlang:list_to_integer/1},
     {big_parse_16, fun() -> binary:copy(<<"f">>, 8000000) end,
      fun(B) -> erlang:binary_to_integer(B, 16) end},
     {big_parse_7, fun() -> binary:copy(<<"5">>, 8000000) end,
      fun(B) -> erlang:binary_to_integer(B, 7) end},
     {big_parse_too_long, fun() -> binary:copy(<<"5">>, 60000000) end,
      fun(B) -> erlang:binary_to_integer(B) end},
     {big_segment, fun() -> odd(max_bits()) end,
      fun(A) -> B = <<A:33000000>>, <<C:33000000>> = B, <<D:33000000/little-signed>> = B, C - D end},
     {big_unsigned, fun() -> random(4000000) end,
      fun(B) -> binary:encode_unsigned(binary:decode_unsigned(B), little) end},
     {big_external, fun() -> odd(max_bits()) end,
      fun(A) -> erlang:binary_to_term(erlang:term_to_binary(A)) end},
     {big_hash, fun() -> odd(max_bits()) end,
      fun(A) -> times(20, fun() -> {erlang:phash2(A), erlang:phash(A, 1000), #{A => 1}} end) end},
     {big_power, fun() -> 3 end, fun(A) -> power(A, 1000000) end},
     {float_parse, fun() -> <<"1.", (binary:copy(<<"7">>, 60000000))/binary>> end,
      fun erlang:binary_to_float/1},
     {float_parse_list, fun() -> "1." ++ lists:duplicate(3000000, $8) end, fun erlang:list_to_float/1}].

power(_, 0) -> 1;
power(A, N) when N rem 2 =:= 0 -> B = power(A, N div 2), B * B;
power(A, N) -> A * power(A, N - 1).

times(0, _) -> ok;
times(N, F) -> F(), times(N - 1, F).

%% ---- lists ------------------------------------------------------------------------
million() -> lists:seq(1, 1000000).
millions() -> lists:seq(1, 3000000).
pairs(N) -> [{I, I} || I <- lists:seq(1, N)].

lists_() ->
    [{seq, fun millions/0, fun(L) -> hd(L) end},
     {reverse, fun millions/0, fun lists:reverse/1},
     {reverse_tail, fun millions/0, fun(L) -> lists:reverse(L, [1]) end},
     {append, fun millions/0, fun(L) -> L ++ [1] end},
     {append_name, fun million/0, fun(L) -> erlang:'++'(L, L) end},
     {subtract, fun million/0, fun(L) -> L -- lists:seq(2, 1000000, 2) end},
     {subtract_tuples, fun() -> pairs(300000) end, fun(L) -> L -- lists:reverse(L) end},
     {subtract_few, fun millions/0, fun(L) -> L -- [a, b, c] end},
     {subtract_from_few, fun millions/0, fun(L) -> [a, b, c] -- L end},
     {length, fun millions/0, fun(L) -> length(L) end},
     {member, fun millions/0, fun(L) -> lists:member(x, L) end},
     {member_tuple, fun() -> pairs(1000000) end, fun(L) -> lists:member({x, y}, L) end},
     {keyfind, fun() -> pairs(1000000) end,
      fun(L) -> {lists:keyfind(x, 1, L), lists:keymember(1.5, 2, L), lists:keysearch(x, 1, L)} end},
     {keyfind_binary, fun() -> B = random(100000), [{<<B/binary, I>>, I} || I <- lists:seq(1, 200)] end,
      fun(L) -> lists:keyfind(<<(random(100000))/binary, 201>>, 1, L) end},
     {sort, fun() -> lists:reverse(million()) end, fun lists:sort/1},
     {usort_tuples, fun() -> pairs(300000) end, fun lists:usort/1},
     {list_to_tuple, fun millions/0, fun erlang:list_to_tuple/1},
     {list_to_binary, fun() -> lists:duplicate(3000000, 7) end, fun erlang:list_to_binary/1},
     {list_to_binary_bins, fun() -> B = random(1000000), lists:duplicate(100, B) end,
      fun erlang:list_to_binary/1},
     {iolist_to_binary, fun() -> nest(1000000, []) end, fun erlang:iolist_to_binary/1},
     {iolist_size, fun() -> nest(2000000, []) end, fun erlang:iolist_size/1},
     {iolist_to_iovec, fun() -> [[I | <<"abc">>] || I <- lists:duplicate(500000, 7)] end,
      fun erlang:iolist_to_iovec/1},
     {iovec_bins, fun() -> B = random(100), lists:duplicate(1000000, B) end,
      fun erlang:iolist_to_iovec/1},
     {list_to_atom_long, fun() -> lists:duplicate(3000000, $a) end, fun erlang:list_to_atom/1},
     {list_to_existing, fun() -> lists:duplicate(3000000, $a) end, fun erlang:list_to_existing_atom/1},
     {apply_list, fun million/0, fun(L) -> erlang:apply(erlang, abs, L) end},
     {make_fun_args, fun million/0, fun(L) -> erlang:spawn(erlang, abs, L) end}].

nest(0, L) -> L;
nest(N, L) -> nest(N - 1, [N rem 256 | [L]]).

%% ---- maps ---------------------------------------------------------------------------
million_map() -> maps:from_list(pairs(600000)).

maps_() ->
    [{map_from_list, fun() -> pairs(600000) end, fun maps:from_list/1},
     {map_from_keys, fun million/0, fun(L) -> maps:from_keys(L, 1) end},
     {map_from_big_keys, fun() -> B = random(10000), [{<<B/binary, I:16>>, I} || I <- lists:seq(1, 5000)] end,
      fun maps:from_list/1},
     {map_to_list, fun million_map/0, fun maps:to_list/1},
     {map_keys, fun million_map/0, fun maps:keys/1},
     {map_values, fun million_map/0, fun maps:values/1},
     {map_merge, fun million_map/0, fun(M) -> maps:merge(M, #{a => 1, 7 => x}) end},
     {map_merge_big, fun() -> {maps:from_keys(lists:seq(1, 300000), 1), maps:from_keys(lists:seq(200000, 500000), 2)} end,
      fun({A, B}) -> maps:merge(A, B) end},
     {map_merge_few, fun million_map/0, fun(M) -> maps:merge(#{a => 1, 7 => x}, M) end},
     {map_iterate, fun million_map/0, fun(M) -> maps:fold(fun(_, V, A) -> V + A end, 0, M) end},
     {map_compare, fun million_map/0, fun(M) -> M#{a => 1} =:= (million_map())#{a => 1} end},
     {map_order, fun million_map/0, fun(M) -> M#{a => 1} < (million_map())#{a => 2} end},
     {map_with, fun million_map/0, fun(M) -> maps:with(lists:seq(1, 1000000), M) end},
     {map_without, fun million_map/0, fun(M) -> maps:without(lists:seq(1, 600000, 2), M) end},
     {map_hash, fun million_map/0, fun(M) -> {erlang:phash2(M), #{M => 1}} end},
     {map_external, fun million_map/0, fun(M) -> erlang:binary_to_term(erlang:term_to_binary(M)) end},
     {map_send, fun million_map/0, fun(M) -> self() ! M, receive X -> X end end},
     {map_huge_key, fun() -> random(50000000) end, fun(B) -> M = #{B => 1}, maps:get(<<B/binary>>, M) end},
     {map_huge_key_large, fun() -> random(20000000) end,
      fun(B) -> M = (maps:from_list(pairs(100)))#{B => 1}, maps:get(<<(binary:copy(B))/binary>>, M) end}].

%% ---- binaries --------------------------------------------------------------------------
blob() -> random(60000000).

binaries() ->
    [{binary_copy, fun() -> <<1>> end, fun(B) -> binary:copy(B, 200000000) end},
     {binary_copy_own, fun blob/0, fun binary:copy/1},
     {binary_append, fun blob/0, fun(B) -> C = <<B/binary, 1>>, <<C/binary, 2>> end},
     {binary_unaligned, fun blob/0, fun(B) -> <<1:3, B/binary>> end},
     {binary_unaligned_match, fun blob/0, fun(B) -> <<_:3, R/bitstring>> = B, <<R/bitstring, 1:3>> end},
     {binary_to_list, fun() -> random(3000000) end, fun erlang:binary_to_list/1},
     {bitstring_to_list, fun() -> <<1:3, (random(3000000))/binary>> end, fun erlang:bitstring_to_list/1},
     {binary_to_list_part, fun() -> random(3000000) end, fun(B) -> binary:bin_to_list(B) end},
     {binary_equal, fun blob/0, fun(B) -> B =:= binary:copy(B) end},
     {binary_order, fun blob/0, fun(B) -> B < binary:copy(B) end},
     {binary_order_bits, fun blob/0, fun(B) -> <<_:1, X/bitstring>> = B, <<_:2, Y/bitstring>> = <<0:1, B/bitstring>>, X < Y end},
     {binary_matches, fun() -> binary:copy(<<"ab">>, 500000) end, fun(B) -> binary:matches(B, <<"a">>) end},
     {binary_matches_many, fun blob/0, fun(B) -> binary:matches(B, [<<"abcdef">>, <<0, 0, 0, 0>>, <<"zzz">>]) end},
     {binary_match_worst, fun() -> {binary:copy(<<"a">>, 10000000), <<(binary:copy(<<"a">>, 100000))/binary, "b">>} end,
      fun({B, P}) -> binary:match(B, P) end},
     {binary_match_worst_front, fun() -> {binary:copy(<<"a">>, 10000000), <<"b", (binary:copy(<<"a">>, 100000))/binary>>} end,
      fun({B, P}) -> binary:match(B, P) end},
     {binary_compile_pattern, fun() -> random(20000000) end, fun(B) -> binary:compile_pattern(B) end},
     {binary_compile_patterns, fun() -> [<<(random(100))/binary, I:32>> || I <- lists:seq(1, 10000)] end,
      fun(L) -> binary:compile_pattern(L) end},
     {binary_compile_pattern_huge, fun() -> [random(2000000), <<"x">>] end, fun(L) -> binary:compile_pattern(L) end},
     {binary_split, fun() -> binary:copy(<<"ab,">>, 300000) end, fun(B) -> binary:split(B, <<",">>, [global]) end},
     {binary_replace, fun() -> binary:copy(<<"ab,">>, 300000) end,
      fun(B) -> binary:replace(B, <<",">>, <<";;">>, [global]) end},
     {binary_prefix, fun blob/0, fun(B) -> {binary:longest_common_prefix([B, binary:copy(B)]), binary:longest_common_suffix([B, binary:copy(B)])} end},
     {binary_first, fun blob/0, fun(B) -> {binary:first(B), binary:last(B), binary:at(B, 10000000)} end},
     {split_binary, fun blob/0, fun(B) -> erlang:split_binary(B, 1000) end},
     {md5, fun blob/0, fun erlang:md5/1},
     {md5_update, fun blob/0, fun(B) -> erlang:md5_final(erlang:md5_update(erlang:md5_init(), B)) end},
     {crc32, fun blob/0, fun erlang:crc32/1},
     {crc32_combine, fun() -> 1 end, fun(X) -> erlang:crc32_combine(X, 7, 1 bsl 50) end},
     {adler32, fun blob/0, fun erlang:adler32/1},
     {adler32_list, fun() -> lists:duplicate(3000000, 7) end, fun erlang:adler32/1},
     {phash2_binary, fun blob/0, fun(B) -> {erlang:phash2(B), erlang:phash2(<<B/binary, 1:3>>)} end},
     {phash_binary, fun blob/0, fun(B) -> erlang:phash(B, 1000) end},
     {key_binary, fun blob/0, fun(B) -> #{B => 1} end},
     {base64, fun() -> random(2000000) end, fun(B) -> base64:decode(base64:encode(B)) end},
     {encode_hex, fun() -> random(1000000) end, fun(B) -> binary:decode_hex(binary:encode_hex(B)) end},
     {comprehension, fun() -> random(2000000) end, fun(B) -> << <<(X + 1)>> || <<X>> <= B >> end},
     {decode_packet, fun() -> <<(binary:copy(<<"a">>, 50000000))/binary, "\n">> end,
      fun(B) -> {erlang:decode_packet(line, B, []), erlang:decode_packet(http, B, []), erlang:decode_packet(asn1, B, [])} end},
     {decode_header, fun() -> <<"Name: ", (binary:copy(<<"a">>, 50000000))/binary, "\r\n">> end,
      fun(B) -> {erlang:decode_packet(httph, B, []), erlang:decode_packet(httph_bin, <<B/binary, "x">>, [])} end},
     {bits_list, fun() -> random(3000000) end, fun(B) -> erlang:list_to_bitstring([B, <<1:3>>, B]) end},
     {utf8_build, fun() -> binary:copy(<<"a">>, 1000000) end, fun(B) -> << <<C/utf16>> || <<C/utf8>> <= B >> end}].

%% ---- tuples -----------------------------------------------------------------------------
huge_tuple() -> erlang:make_tuple(12000000, x).

tuples() ->
    [{make_tuple, fun huge_tuple/0, fun(T) -> element(5, T) end},
     {make_tuple_list, fun() -> [{I, y} || I <- lists:seq(1, 500000)] end,
      fun(L) -> erlang:make_tuple(1000000, x, L) end},
     {setelement, fun huge_tuple/0, fun(T) -> erlang:setelement(17, T, y) end},
     {tuple_to_list, fun() -> erlang:make_tuple(4000000, x) end, fun erlang:tuple_to_list/1},
     {append_element, fun huge_tuple/0, fun(T) -> erlang:append_element(T, y) end},
     {delete_element, fun huge_tuple/0, fun(T) -> erlang:delete_element(5, T) end},
     {insert_element, fun huge_tuple/0, fun(T) -> erlang:insert_element(5, T, z) end},
     {tuple_compare, fun huge_tuple/0, fun(T) -> T =:= erlang:make_tuple(12000000, x) end},
     {tuple_order, fun huge_tuple/0, fun(T) -> T < erlang:make_tuple(12000000, x) end},
     {tuple_collect, fun huge_tuple/0, fun(T) -> erlang:garbage_collect(), T end},
     {tuple_hash, fun huge_tuple/0, fun(T) -> {erlang:phash2(T), #{T => 1}} end},
     {tuple_send, fun() -> erlang:make_tuple(6000000, x) end, fun(T) -> self() ! T, receive X -> X end end},
     {tuple_external, fun() -> erlang:make_tuple(4000000, 1) end,
      fun(T) -> erlang:binary_to_term(erlang:term_to_binary(T)) end}].

%% ---- terms --------------------------------------------------------------------------------
shared(0) -> [];
shared(N) -> L = shared(N - 1), [L | L].

terms() ->
    [{shared_equal, fun() -> {shared(22), shared(22)} end, fun({A, B}) -> A =:= B end},
     {shared_guard, fun() -> {shared(22), shared(22)} end,
      fun({A, B}) when A =:= B, A >= B -> ok; (_) -> no end},
     {shared_equal_endless, fun() -> {shared(40), shared(40)} end,
      fun({A, B}) -> apart(fun() -> A =:= B end) end},
     {shared_match, fun() -> {shared(22), shared(22)} end, fun({A, A}) -> ok; (_) -> no end},
     {shared_select, fun() -> shared(22) end,
      fun(A) -> case A of [[]] -> 1; "abc" -> 2; _ -> 3 end end},
     {shared_hash, fun() -> shared(22) end, fun(A) -> {erlang:phash2(A), erlang:phash(A, 10), #{A => 1}} end},
     {shared_external, fun() -> shared(21) end, fun(A) -> erlang:binary_to_term(erlang:term_to_binary(A)) end},
     {shared_external_size, fun() -> shared(22) end, fun(A) -> {erlang:external_size(A), erts_debug:flat_size(A), erts_debug:size(A)} end},
     {shared_external_endless, fun() -> shared(40) end, fun(A) -> apart(fun() -> erlang:external_size(A) end) end},
     {shared_flat_endless, fun() -> shared(40) end, fun(A) -> apart(fun() -> erts_debug:flat_size(A) end) end},
     {shared_hash_endless, fun() -> shared(40) end, fun(A) -> apart(fun() -> erlang:phash2(A) end) end},
     {shared_key_endless, fun() -> shared(40) end, fun(A) -> apart(fun() -> #{A => 1} end) end},
     {shared_send, fun() -> shared(20) end, fun(A) -> self() ! A, receive X -> X end end},
     {shared_send_endless, fun() -> shared(40) end, fun(A) -> apart(fun() -> P = spawn(fun() -> receive x -> ok end end), P ! A end) end},
     {shared_iolist, fun() -> lists:foldl(fun(_, L) -> [L | L] end, [<<"a">>], lists:seq(1, 22)) end,
      fun erlang:iolist_to_binary/1},
     {shared_iolist_endless, fun() -> lists:foldl(fun(_, L) -> [L, L] end, [<<"a">>], lists:seq(1, 40)) end,
      fun(L) -> apart(fun() -> erlang:iolist_size(L) end) end},
     {external_list, fun millions/0, fun(L) -> erlang:binary_to_term(erlang:term_to_binary(L)) end},
     {external_compressed, fun million/0,
      fun(L) -> erlang:binary_to_term(erlang:term_to_binary(L, [{compressed, 9}])) end},
     {external_blob, fun() -> random(60000000) end, fun(B) -> erlang:binary_to_term(erlang:term_to_binary(B)) end},
     {external_string, fun() -> lists:duplicate(60000, lists:duplicate(30, 7)) end,
      fun(L) -> erlang:binary_to_term(erlang:term_to_binary(L)) end},
     {external_deep, fun() -> deep(1000000, []) end, fun(L) -> erlang:binary_to_term(erlang:term_to_binary(L)) end},
     {external_bad, fun() -> T = erlang:term_to_binary(lists:seq(1, 3000000)), binary:part(T, 0, byte_size(T) - 5) end,
      fun(B) -> erlang:binary_to_term(B) end},
     {external_safe, fun() -> erlang:term_to_binary(pairs(500000)) end, fun(B) -> erlang:binary_to_term(B, [safe, used]) end},
     {external_iovec, fun million/0, fun(L) -> erlang:term_to_iovec(L) end},
     {deep_equal, fun() -> {deep(1000000, []), deep(1000000, [])} end, fun({A, B}) -> A == B end},
     {deep_collect, fun() -> deep(3000000, []) end, fun(A) -> erlang:garbage_collect(), A end},
     {list_equal, fun millions/0, fun(L) -> L =:= lists:seq(1, 3000000) end},
     {list_hash, fun millions/0, fun(L) -> {erlang:phash2(L), #{L => 1}} end},
     {list_send, fun million/0, fun(L) -> self() ! L, receive X -> X end end},
     {list_spawn, fun million/0, fun(L) -> wait(spawn(fun() -> hd(L) end)) end},
     {raise_list, fun million/0, fun(L) -> erlang:raise(error, x, [{a, b, 1, []} || _ <- L]) end},
     {raise_bad, fun million/0, fun(L) -> erlang:raise(error, x, L) end},
     {error_args, fun million/0, fun(L) -> erlang:error(x, L) end},
     {error_huge, fun millions/0, fun(L) -> wait(spawn(fun() -> exit(L) end)) end},
     {format_term, fun() -> lists:seq(1, 100000) end, fun(L) -> io_lib:format("~w", [L]) end}].

deep(0, T) -> T;
deep(N, T) -> deep(N - 1, {T}).

%% What a process of its own does; it may be killed for it.
apart(F) -> wait(spawn(F)).
wait(P) ->
    R = erlang:monitor(process, P),
    receive {'DOWN', R, _, _, _} -> ok end.

%% ---- processes ---------------------------------------------------------------------------
idle() -> receive stop -> ok end.

procs() ->
    [{spawn_many, fun() -> [spawn(fun idle/0) || _ <- lists:seq(1, 60000)] end,
      fun(L) -> {length(erlang:processes()), [P ! stop || P <- L]} end},
     {exit_links, fun() -> linked(60000) end, fun(P) -> exit(P, kill), wait(P) end},
     {exit_monitors, fun() -> monitored(300000) end, fun(P) -> exit(P, kill), wait(P) end},
     {exit_monitoring, fun() -> monitoring(300000) end, fun(P) -> exit(P, kill), wait(P) end},
     {exit_messages, fun() -> flooded(700000, {x, y}) end, fun(P) -> exit(P, kill), wait(P) end},
     {exit_big_messages, fun() -> flooded(3000, lists:seq(1, 3000)) end, fun(P) -> exit(P, kill), wait(P) end},
     {exit_binaries, fun() -> spawn(fun() -> L = [binary:copy(<<1:800>>, 1) || _ <- lists:seq(1, 500000)], idle(), L end) end,
      fun(P) -> exit(P, kill), wait(P) end},
     {exit_dictionary, fun() -> spawn(fun() -> dictionary(600000), idle() end) end,
      fun(P) -> exit(P, kill), wait(P) end},
     {exit_heap, fun() -> spawn(fun() -> L = lists:seq(1, 7000000), idle(), hd(L) end) end,
      fun(P) -> receive after 100 -> ok end, exit(P, kill), wait(P) end},
     {exit_names, fun() -> [begin P = spawn(fun idle/0), erlang:register(list_to_atom_("n", I), P), P end || I <- lists:seq(1, 20000)] end,
      fun(L) -> N = length(erlang:registered()), [exit(P, kill) || P <- L], N end},
     {receive_scan, fun() -> [self() ! {x, I} || I <- million()], ok end,
      fun(_) -> receive last -> ok after 0 -> ok end end},
     {receive_last, fun() -> [self() ! {x, I} || I <- million()], self() ! last, ok end,
      fun(_) -> receive last -> ok end end},
     {receive_collect, fun() -> [self() ! {x, I} || I <- million()], ok end, fun(_) -> erlang:garbage_collect() end},
     {info_messages, fun() -> flooded(500000, {x, y}) end,
      fun(P) -> {erlang:process_info(P, messages), erlang:process_info(P, message_queue_len), erlang:process_info(P)} end},
     {info_memory, fun() -> flooded(500000, {x, y}) end, fun(P) -> [erlang:process_info(P, K) || K <- [memory, total_heap_size, garbage_collection, garbage_collection_info]] end},
     {info_dictionary, fun() -> dictionary(600000) end,
      fun(_) -> {erlang:process_info(self(), dictionary), erlang:process_info(self())} end},
     {info_links, fun() -> linked(60000) end, fun(P) -> [erlang:process_info(P, K) || K <- [links, monitors, monitored_by]] end},
     {info_monitors, fun() -> monitored(300000) end, fun(P) -> erlang:process_info(P, monitored_by) end},
     {info_monitoring, fun() -> monitoring(300000) end, fun(P) -> erlang:process_info(P, monitors) end},
     {info_backtrace, fun() -> P = spawn(fun() -> recurse(1000000) end), receive after 300 -> P end end,
      fun(P) -> {erlang:process_info(P, backtrace), erlang:process_info(P, current_stacktrace)} end},
     {info_binary, fun() -> [binary:copy(<<1:800>>, 1) || _ <- lists:seq(1, 400000)] end,
      fun(L) -> {erlang:process_info(self(), binary), hd(L)} end},
     {dictionary_get, fun() -> dictionary(1000000) end, fun(_) -> length(get()) end},
     {dictionary_keys, fun() -> dictionary(1000000) end, fun(_) -> {erlang:get_keys(), erlang:get_keys(1)} end},
     {dictionary_erase, fun() -> dictionary(1000000) end, fun(_) -> erlang:erase() end},
     {dictionary_keys_huge, fun() -> random(20000000) end, fun(B) -> put(B, 1), get(binary:copy(B)) end},
     {stack_collect, fun() -> 1 end, fun(_) -> deepen(3000000) end},
     {heap_collect, fun() -> lists:seq(1, 5000000) end, fun(L) -> erlang:garbage_collect(), hd(L) end},
     {heap_collect_other, fun() -> spawn(fun() -> L = lists:seq(1, 5000000), idle(), hd(L) end) end,
      fun(P) -> receive after 100 -> ok end, erlang:garbage_collect(P) end},
     {heap_hibernate, fun() -> spawn(fun() -> put(x, lists:seq(1, 5000000)), erlang:hibernate(erlang, self, []) end) end,
      fun(P) -> receive after 300 -> ok end, P end},
     {heap_binaries, fun() -> [binary:copy(<<1:800>>, 1) || _ <- lists:seq(1, 800000)] end,
      fun(L) -> erlang:garbage_collect(), hd(L) end},
     {heap_min_size, fun() -> 1 end, fun(_) -> wait(erlang:spawn_opt(fun idle_at_once/0, [{min_heap_size, 20000000}])) end},
     {timers_at_once, fun() -> T = erlang:monotonic_time(millisecond) + 4000,
       [erlang:send_after(T, self(), x, [{abs, true}]) || _ <- lists:seq(1, 500000)] end,
      fun(_) -> drain(500000) end},
     {timers_cancel, fun() -> [erlang:start_timer(1000000, self(), x) || _ <- lists:seq(1, 300000)] end,
      fun(L) -> [erlang:cancel_timer(T) || T <- L], ok end},
     {timer_huge, fun million/0, fun(L) -> erlang:send_after(1, self(), L), receive X -> X end end},
     {link_many, fun() -> [spawn(fun idle/0) || _ <- lists:seq(1, 60000)] end,
      fun(L) -> [erlang:link(P) || P <- L], [erlang:unlink(P) || P <- L], ok end},
     {alias_flood, fun() -> [erlang:alias() || _ <- lists:seq(1, 300000)] end, fun(L) -> [erlang:unalias(A) || A <- L], ok end}].

idle_at_once() -> ok.

list_to_atom_(Text, I) -> erlang:list_to_atom(Text ++ erlang:integer_to_list(I)).

linked(N) ->
    P = spawn(fun() -> [erlang:spawn_link(fun idle/0) || _ <- lists:seq(1, N)], idle() end),
    settle(P).
monitored(N) ->
    P = spawn(fun idle/0),
    [erlang:monitor(process, P) || _ <- lists:seq(1, N)],
    P.
monitoring(N) ->
    Me = self(),
    settle(spawn(fun() -> [erlang:monitor(process, Me) || _ <- lists:seq(1, N)], idle() end)).
flooded(N, M) ->
    P = spawn(fun() -> receive stop -> ok end end),
    [P ! M || _ <- lists:seq(1, N)],
    P.
settle(P) ->
    case erlang:process_info(P, status) of
        {status, waiting} -> P;
        _ -> receive after 20 -> settle(P) end
    end.
dictionary(N) -> [put({k, I}, I) || I <- lists:seq(1, N)], ok.
recurse(0) -> receive stop -> ok end;
recurse(N) -> 1 + recurse(N - 1).
deepen(0) -> erlang:garbage_collect(), 0;
deepen(N) -> 1 + deepen(N - 1).
drain(0) -> ok;
drain(N) -> receive x -> drain(N - 1) end.

%% ---- tables --------------------------------------------------------------------------------
table(Type, N) ->
    T = ets:new(t, [Type, public]),
    [ets:insert(T, {I, I rem 10}) || I <- lists:seq(1, N)],
    T.

tables() ->
    [{ets_insert_list, fun() -> pairs(600000) end, fun(L) -> ets:insert(ets:new(t, [set]), L) end},
     {ets_insert_new_list, fun() -> pairs(600000) end, fun(L) -> ets:insert_new(ets:new(t, [ordered_set]), L) end},
     {ets_insert_big, fun million/0, fun(L) -> T = ets:new(t, []), ets:insert(T, {1, L}), ets:lookup(T, 1) end},
     {ets_insert_element, fun million/0, fun(L) -> T = ets:new(t, []), ets:insert(T, {1, L}), ets:lookup_element(T, 1, 2) end},
     {ets_huge_key, fun() -> random(20000000) end,
      fun(B) -> T = ets:new(t, []), ets:insert(T, {B, 1}), ets:lookup(T, binary:copy(B)) end},
     {ets_huge_key_ordered, fun() -> random(20000000) end,
      fun(B) -> T = ets:new(t, [ordered_set]), ets:insert(T, {B, 1}), ets:lookup(T, binary:copy(B)) end},
     {ets_update, fun million/0, fun(L) -> T = ets:new(t, []), ets:insert(T, {1, 1, 2}), ets:update_element(T, 1, {2, L}), ets:update_counter(T, 1, {3, 1}) end},
     {ets_select, fun() -> table(set, 600000) end, fun(T) -> ets:select(T, [{{'$1', 3}, [], ['$1']}]) end},
     {ets_select_ordered, fun() -> table(ordered_set, 300000) end, fun(T) -> ets:select(T, [{{'$1', 3}, [], ['$_']}]) end},
     {ets_select_chunk, fun() -> table(set, 600000) end, fun(T) -> ets:select(T, [{{'$1', '_'}, [], ['$1']}], 500000) end},
     {ets_select_chunk_ordered, fun() -> table(ordered_set, 300000) end, fun(T) -> ets:select(T, [{{'$1', '_'}, [], ['$1']}], 250000) end},
     {ets_select_none, fun() -> table(set, 600000) end, fun(T) -> ets:select(T, [{{'$1', x}, [], ['$1']}]) end},
     {ets_select_count, fun() -> table(set, 600000) end, fun(T) -> ets:select_count(T, [{{'_', 3}, [], [true]}]) end},
     {ets_select_delete, fun() -> table(set, 600000) end, fun(T) -> ets:select_delete(T, [{{'_', '_'}, [], [true]}]) end},
     {ets_select_replace, fun() -> table(set, 300000) end, fun(T) -> ets:select_replace(T, [{{'$1', '_'}, [], [{{'$1', x}}]}]) end},
     {ets_select_reverse, fun() -> table(ordered_set, 300000) end, fun(T) -> ets:select_reverse(T, [{'_', [], ['$_']}]) end},
     {ets_match, fun() -> table(bag, 300000) end, fun(T) -> {ets:match(T, {'$1', 5}), ets:match_object(T, {'_', 4})} end},
     {ets_match_delete, fun() -> table(set, 600000) end, fun(T) -> ets:match_delete(T, {'_', 5}) end},
     {ets_tab2list, fun() -> table(set, 600000) end, fun ets:tab2list/1},
     {ets_delete, fun() -> table(set, 600000) end, fun ets:delete/1},
     {ets_delete_ordered, fun() -> table(ordered_set, 300000) end, fun ets:delete/1},
     {ets_delete_all, fun() -> table(set, 600000) end, fun ets:delete_all_objects/1},
     {ets_info, fun() -> table(set, 600000) end, fun(T) -> {ets:info(T), ets:info(T, memory), ets:info(T, size), ets:rename(T, x)} end},
     {ets_bag_key, fun() -> ets:new(t, [duplicate_bag]) end,
      fun(T) -> [ets:insert(T, {k, I}) || I <- lists:seq(1, 300000)], ets:lookup(T, k), ets:member(T, k), ets:delete(T, k) end},
     {ets_bag_object, fun() -> ets:new(t, [duplicate_bag]) end,
      fun(T) -> [ets:insert(T, {k, I}) || I <- lists:seq(1, 300000)], ets:delete_object(T, {k, x}), ets:take(T, k) end},
     {ets_bag_insert, fun() -> ets:new(t, [bag]) end,
      fun(T) -> [ets:insert(T, {k, I}) || I <- lists:seq(1, 5000)], ets:lookup_element(T, k, 2) end},
     {ets_owner_exit, fun() -> spawn(fun() -> table(set, 600000), idle() end) end,
      fun(P) -> settle(P), exit(P, kill), wait(P) end},
     {ets_many_tables, fun() -> [ets:new(t, []) || _ <- lists:seq(1, 8000)] end, fun(L) -> {ets:all(), [ets:delete(T) || T <- L]} end},
     {ets_next, fun() -> table(ordered_set, 300000) end, fun(T) -> ets:foldl(fun(_, A) -> A + 1 end, 0, T) end},
     {ets_first_sparse, fun() -> T = table(set, 600000), ets:select_delete(T, [{{'$1', '_'}, [{'<', '$1', 599999}], [true]}]), T end,
      fun(T) -> {ets:first(T), ets:last(T)} end},
     {ets_match_spec_huge, fun() -> [{{'$1', I}, [], ['$1']} || I <- lists:seq(1, 50000)] end,
      fun(L) -> ets:match_spec_compile(L) end},
     {ets_match_spec_run, fun() -> {pairs(300000), ets:match_spec_compile([{{'$1', '_'}, [], ['$1']}])} end,
      fun({L, S}) -> ets:match_spec_run(L, S) end},
     {ets_guard_shared, fun() -> T = ets:new(t, []), ets:insert(T, {1, deep(300000, [])}), T end,
      fun(T) -> ets:select(T, [{{'$1', '$2'}, [{'=:=', '$2', {const, deep(300000, [])}}], ['$1']}]) end},
     {ets_give_away, fun() -> table(set, 300000) end, fun(T) -> P = spawn(fun idle/0), ets:give_away(T, P, x), exit(P, kill), wait(P) end}].

%% ---- texts ------------------------------------------------------------------------------------
texts() ->
    [{utf8_to_list, fun() -> binary:copy(<<"äöü"/utf8>>, 500000) end, fun unicode:characters_to_list/1},
     {utf8_to_binary, fun() -> lists:duplicate(2000000, 228) end, fun unicode:characters_to_binary/1},
     {utf8_check, fun() -> binary:copy(<<"aä"/utf8>>, 20000000) end, fun(B) -> unicode:characters_to_binary(B) end},
     {utf8_bad_end, fun() -> <<(binary:copy(<<"aä"/utf8>>, 10000000))/binary, 255>> end, fun(B) -> unicode:characters_to_binary(B) end},
     {utf16, fun() -> binary:copy(<<"aä"/utf8>>, 5000000) end, fun(B) -> unicode:characters_to_binary(B, utf8, {utf16, little}) end},
     {latin1, fun() -> random(20000000) end, fun(B) -> unicode:characters_to_binary(B, latin1, utf8) end},
     {bom, fun() -> blob() end, fun unicode:bom_to_encoding/1},
     {normalise, fun() -> binary:copy(<<"aä"/utf8>>, 30000) end, fun unicode:characters_to_nfd_binary/1},
     {string_length, fun() -> binary:copy(<<"aä"/utf8>>, 200000) end, fun string:length/1},
     {atom_of_binary, fun() -> random(20000000) end, fun(B) -> erlang:binary_to_atom(B) end},
     {re_backtrack, fun() -> lists:duplicate(40, $a) ++ "b" end, fun(S) -> re:run(S, "(a+)+$") end},
     {re_backtrack_long, fun() -> binary:copy(<<"a">>, 1000000) end, fun(S) -> re:run(S, "(a|aa)+$") end},
     {re_quadratic, fun() -> binary:copy(<<"a">>, 100000) end, fun(S) -> re:run(S, "a*b") end},
     {re_quadratic_lazy, fun() -> binary:copy(<<"a">>, 100000) end, fun(S) -> re:run(S, "x*?a.*?b|c") end},
     {re_scan, fun() -> binary:copy(<<"a">>, 20000000) end, fun(S) -> re:run(S, "[a-y]*(?:zq|wr)") end},
     {re_dot_star, fun blob/0, fun(S) -> re:run(S, ".*b$", [dotall]) end},
     {re_first_char, fun() -> binary:copy(<<"a">>, 60000000) end, fun(S) -> re:run(S, "zq") end},
     {re_class, fun() -> binary:copy(<<"a">>, 60000000) end, fun(S) -> re:run(S, "[a-y]*[z]") end},
     {re_utf, fun() -> binary:copy(<<"ä"/utf8>>, 20000000) end, fun(S) -> re:run(S, "ö", [unicode]) end},
     {re_global, fun() -> binary:copy(<<"ab">>, 100000) end, fun(S) -> re:run(S, "a", [global]) end},
     {re_replace, fun() -> binary:copy(<<"ab">>, 30000) end, fun(S) -> re:replace(S, "a", "x", [global]) end},
     {re_split, fun() -> binary:copy(<<"ab">>, 30000) end, fun(S) -> re:split(S, "a") end},
     {re_recursion, fun() -> lists:duplicate(100000, $() end, fun(S) -> re:run(S, "(\\((?1)*\\))") end},
     {re_atomic, fun() -> lists:duplicate(30000, $a) end, fun(S) -> re:run(S, "(?>(a+))+(?=b)") end},
     {re_lookbehind, fun() -> binary:copy(<<"a">>, 1000000) end, fun(S) -> re:run(S, "(?<=b.{100})a") end},
     {re_backreference, fun() -> binary:copy(<<"a">>, 20000) end, fun(S) -> re:run(S, "(a+)\\1b") end},
     {re_compile_long, fun() -> binary:copy(<<"a">>, 20000000) end, fun re:compile/1},
     {re_compile_alternatives, fun() -> [[erlang:integer_to_list(I), $|] || I <- lists:seq(1, 8000)] end, fun re:compile/1},
     {re_compile_nested, fun() -> [lists:duplicate(240, $(), $a, lists:duplicate(240, $))] end, fun re:compile/1},
     {re_compile_repeat, fun() -> "((((a{1,40}){1,40}){1,20})" end, fun re:compile/1},
     {re_compile_classes, fun() -> lists:duplicate(3000, "[a-z0-9_]") end, fun re:compile/1},
     {re_compile_unicode, fun() -> lists:duplicate(3000, "[\\p{L}x]") end, fun(S) -> re:compile(S, [unicode, caseless]) end},
     {re_compile_groups, fun() -> [["(?<n", erlang:integer_to_list(I), ">a)"] || I <- lists:seq(1, 500)] end, fun re:compile/1},
     {re_compile_lookbehinds, fun() -> lists:duplicate(2000, "(?<=a|bc|def)") end, fun re:compile/1},
     {re_compile_list, fun() -> lists:duplicate(3000000, $a) end, fun re:compile/1}].

%% ---- others -------------------------------------------------------------------------------------
others() ->
    [{atomics_new, fun() -> 24000000 end, fun(N) -> atomics:info(atomics:new(N, [])) end},
     {counters_new, fun() -> 24000000 end, fun(N) -> counters:info(counters:new(N, [write_concurrency])) end},
     {atomics_free, fun() -> 1 end, fun(_) -> apart(fun() -> atomics:new(20000000, []) end) end},
     {persistent_put, fun million/0, fun(L) -> persistent_term:put(x, L), persistent_term:put(x, [1 | L]) end},
     {persistent_get, fun() -> [persistent_term:put({k, I}, I) || I <- lists:seq(1, 100000)], 1 end, fun(_) -> {length(persistent_term:get()), persistent_term:info()} end},
     {persistent_erase, fun million/0, fun(L) -> persistent_term:put(x, L), persistent_term:erase(x) end},
     {memory, fun() -> [spawn(fun idle/0) || _ <- lists:seq(1, 30000)] end,
      fun(_) -> {erlang:memory(), erlang:statistics(garbage_collection), erlang:system_info(process_count), erlang:system_info(info)} end},
     {zlib, fun() -> random(10000000) end, fun(B) -> zlib:uncompress(zlib:compress(B)) end},
     {zlib_zero, fun() -> binary:copy(<<0>>, 60000000) end, fun(B) -> zlib:gunzip(zlib:gzip(B)) end},
     {zlib_zip, fun() -> random(3000000) end, fun(B) -> zlib:unzip(zlib:zip(B)) end},
     {zlib_dictionary, fun() -> random(30000000) end, fun(B) -> Z = zlib:open(), zlib:deflateInit(Z), zlib:deflateSetDictionary(Z, B) end},
     {zlib_crc, fun blob/0, fun(B) -> {erlang:crc32(B), erlang:adler32(0, B)} end},
     {code_loaded, fun() -> 1 end, fun(_) -> {code:all_loaded(), erlang:loaded()} end},
     {module_info, fun() -> 1 end, fun(_) -> [M:module_info() || M <- [lists, erl_lint, unicode_util]] end},
     {load_module, fun() -> {_, B, _} = code:get_object_code(erl_lint), B end, fun(B) -> code:load_binary(erl_lint, "x", B) end},
     {load_large, fun() -> large_module(60000) end, fun(B) -> {module, _} = code:load_binary(large_module, "x", B) end},
     {load_large_again, fun() -> B = large_module(60000), code:load_binary(large_module, "x", B), B end,
      fun(B) -> {module, _} = code:load_binary(large_module, "x", B) end},
     {link_compiler, fun() -> 1 end, fun(_) -> [M:module_info(module) || M <- [erl_parse, erl_lint, compile, unicode_util, beam_ssa_opt, v3_core]] end},
     {existing_atoms, fun() -> 1 end, fun(_) -> [list_to_atom_("a", I) || I <- lists:seq(1, 200000)], ok end},
     {fun_info, fun million/0, fun(L) -> F = fun() -> L end, {erlang:fun_info(F), erlang:fun_to_list(F), erlang:phash2(F)} end},
     {ref_lists, fun() -> 1 end, fun(_) -> [erlang:ref_to_list(erlang:make_ref()) || _ <- lists:seq(1, 100000)], ok end},
     {io_put, fun() -> random(1000000) end, fun(B) -> io:put_chars(user, unicode:characters_to_binary(B, latin1)) end},
     {display, fun() -> lists:seq(1, 300000) end, fun(L) -> erlang:display(L), erlang:display_string(lists:duplicate(1000000, $a)) end},
     {halt_text, fun() -> lists:duplicate(1000000, $a) end, fun(L) -> (catch erlang:halt({L})) end},
     {system_flag, fun million/0, fun(L) -> catch erlang:system_flag(multi_scheduling, L) end},
     {same_debug, fun million/0, fun(L) -> {erts_debug:same(L, L), erts_debug:copy_shared(L), erts_debug:size_shared(L)} end},
     {split_options, fun million/0, fun(L) -> catch binary:split(<<"a">>, <<"b">>, L) end},
     {spawn_options, fun million/0, fun(L) -> catch erlang:spawn_opt(fun idle/0, L) end},
     {os_env, fun() -> lists:duplicate(1000000, $a) end, fun(L) -> catch os:getenv(L), catch os:putenv(L, L) end},
     {port_open, fun() -> lists:duplicate(1000000, $a) end, fun(L) -> catch erlang:open_port({spawn, L}, []) end},
     {file_open, fun() -> lists:duplicate(1000000, $a) end, fun(L) -> catch file:open(L, [read]) end}].

%% A module of so many functions, assembled.
large_module(N) ->
    Functions = [{function, large_name(I), 1, 2 * I, large_body(I)} || I <- lists:seq(1, N)],
    Exports = [{large_name(I), 1} || I <- lists:seq(1, N)],
    {ok, Bytes} = beam_asm:module({large_module, Exports, [], Functions, 2 * N + 2}, [], [], []),
    Bytes.

large_name(I) -> list_to_atom("f" ++ integer_to_list(I)).

large_body(I) ->
    [{label, 2 * I - 1}, {func_info, {atom, large_module}, {atom, large_name(I)}, 1}, {label, 2 * I},
     {gc_bif, '+', {f, 0}, 1, [{x, 0}, {integer, I}], {x, 0}},
     {test_heap, 3, 1}, {put_tuple2, {x, 0}, {list, [{atom, large_name(I)}, {x, 0}]}}, return].

%% ---- lists of options, each of them right --------------------------------------------------
many(X) -> lists:duplicate(5000000, X).

options() ->
    [{options_new, fun() -> many(public) end, fun(L) -> ets:new(t, L) end},
     {options_split, fun() -> many(global) end, fun(L) -> binary:split(<<"a,b">>, <<",">>, L) end},
     {options_split_trim, fun() -> binary:copy(<<",">>, 2000000) end, fun(B) -> binary:split(B, <<",">>, [global, trim]) end},
     {options_match, fun() -> many({scope, {0, 1}}) end, fun(L) -> binary:match(<<"a,b">>, <<",">>, L) end},
     {options_term_to_binary, fun() -> many({minor_version, 1}) end, fun(L) -> term_to_binary(a, L) end},
     {options_binary_to_term, fun() -> many(safe) end, fun(L) -> binary_to_term(<<131, 106>>, L) end},
     {options_spawn, fun() -> many({priority, normal}) end, fun(L) -> spawn_opt(fun() -> ok end, L) end},
     {options_monitor, fun() -> many({tag, x}) end, fun(L) -> monitor(process, self(), L) end},
     {options_demonitor, fun() -> many(flush) end, fun(L) -> demonitor(make_ref(), L) end},
     {options_float, fun() -> many({decimals, 2}) end, fun(L) -> {float_to_binary(1.0, L), float_to_list(1.0, L)} end},
     {options_send, fun() -> many(noconnect) end, fun(L) -> erlang:send(self(), x, L) end},
     {options_suspend, fun() -> many(asynchronous) end, fun(L) -> erlang:suspend_process(spawn(fun idle/0), L) end},
     {options_trace, fun() -> many(send) end, fun(L) -> {catch erlang:trace(self(), true, L), catch erlang:system_monitor(self(), L)} end},
     {options_info, fun() -> lists:duplicate(1000000, reductions) end, fun(L) -> process_info(self(), L) end},
     {options_timer, fun() -> many({abs, false}) end, fun(L) -> erlang:start_timer(1, self(), x, L) end},
     {options_cancel, fun() -> many({async, false}) end, fun(L) -> erlang:cancel_timer(make_ref(), L) end},
     {options_regex, fun() -> many(caseless) end, fun(L) -> {re:compile("a", L), re:run("a", "a", L)} end},
     {options_packet, fun() -> many({packet_size, 0}) end, fun(L) -> erlang:decode_packet(line, <<"a\n">>, L) end},
     {options_port, fun() -> many(binary) end, fun(L) -> catch open_port({spawn, "x"}, L) end},
     {options_error, fun() -> many({error_info, #{}}) end, fun(L) -> catch error(x, [], L) end},
     {options_halt, fun() -> many({flush, true}) end, fun(L) -> catch erlang:halt(x, L) end}].
