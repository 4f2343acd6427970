% SPDX-License-Identifier: Apache-2.0
%% What the fuzz targets that work inside a sandbox call. Every function returns ok, or ends
%% with an error that says which law was broken: that is a finding, as is a crash.
-module(fuzz_guest).
-export([calls/1, regex/1, match_spec/1, numbers/1, terms/1]).

-define(LAW(E), case (E) of true -> ok; _ -> erlang:error({law, ??E}) end).

%% ---- builtins with whatever arguments ------------------------------------------------------
%% Steps: {M, F, Selectors} calls with values chosen from earlier results and constants; any
%% other term becomes a result itself.
calls(Steps) ->
    Stack = step(Steps, []),
    erlang:garbage_collect(),
    _ = erlang:phash2(Stack),
    ok.

step([{M, F, Selectors} | Steps], Stack) when is_binary(Selectors) ->
    Args = [pick(S, Stack) || <<S>> <= Selectors],
    R = try apply(M, F, Args) catch C:E -> {C, E} end,
    step(Steps, [R | Stack]);
step([Value | Steps], Stack) -> step(Steps, [Value | Stack]);
step([], Stack) -> Stack.

pick(S, Stack) when S < 96, Stack =/= [] -> lists:nth(1 + S rem length(Stack), Stack);
pick(S, Stack) -> constant(S rem 64, Stack).

constant(0, _) -> 0;
constant(1, _) -> 1;
constant(2, _) -> -1;
constant(3, _) -> 8;
constant(4, _) -> 37;
constant(5, _) -> 255;
constant(6, _) -> 1 bsl 59;
constant(7, _) -> (1 bsl 64) + 5;
constant(8, _) -> -(1 bsl 130);
constant(9, _) -> 1.5;
constant(10, _) -> -0.0;
constant(11, _) -> 1.0e308;
constant(12, _) -> [];
constant(13, _) -> <<>>;
constant(14, _) -> <<"abc äß">>;
constant(15, _) -> <<5:3>>;
constant(16, _) -> binary:copy(<<"xyz">>, 100);
constant(17, _) -> binary:part(binary:copy(<<"0123456789">>, 30), 7, 150);
constant(18, _) -> <<_:3, B/bitstring>> = binary:copy(<<"0123456789">>, 20), B;
constant(19, _) -> #{};
constant(20, _) -> #{a => 1, <<"b">> => 2.0, 3 => [c]};
constant(21, _) -> maps:from_list([{N, N * N} || N <- lists:seq(1, 50)]);
constant(22, _) -> self();
constant(23, _) -> make_ref();
constant(24, _) -> fun(X) -> X end;
constant(25, _) -> fun(X, Y) -> {X, Y} end;
constant(26, _) -> fun lists:reverse/1;
constant(27, _) -> [1, 2, 3];
constant(28, _) -> "12.5e3";
constant(29, _) -> [1 | 2];
constant(30, _) -> [<<"io">>, [$l, <<"i">>], "st" | <<"!">>];
constant(31, _) -> {};
constant(32, _) -> {a, 1, "b"};
constant(33, _) -> [{k, 1}, {<<"l">>, 2}, {m, 3}];
constant(34, _) -> true;
constant(35, _) -> false;
constant(36, _) -> undefined;
constant(37, _) -> infinity;
constant(38, _) -> all;
constant(39, _) -> binary;
constant(40, _) -> list;
constant(41, _) -> utf8;
constant(42, _) -> ets:new(fuzz, [public]);
constant(43, _) -> T = ets:new(fuzz, [ordered_set, public]), ets:insert(T, [{N, N} || N <- [1, 2, 3]]), T;
constant(44, _) -> atomics:new(3, []);
constant(45, _) -> element(2, re:compile("(a)(b*)c?"));
constant(46, _) -> [global, {capture, all, binary}];
constant(47, _) -> ets:match_spec_compile([{{'$1', '_'}, [{'>', '$1', 1}], ['$_']}]);
constant(48, _) -> [{{'$1', '$2'}, [], [{{'$2', '$1'}}]}];
constant(49, _) -> spawn(fun() -> receive stop -> ok end end);
constant(50, _) -> erlang:monitor(process, self());
constant(51, _) -> erlang:alias();
constant(52, _) -> term_to_binary({a, [1, 2.5], <<"b">>, #{c => d}});
constant(53, _) -> term_to_binary(lists:seq(1, 300), [compressed]);
constant(54, _) -> [named_table, public, {keypos, 1}];
constant(55, _) -> fuzz_name;
constant(56, _) -> lists;
constant(57, _) -> ?MODULE;
constant(58, _) -> [{minor_version, 2}, compressed];
constant(59, _) -> erlang:start_timer(100000, self(), fuzz);
constant(60, _) -> {fuzz_name, node()};
constant(61, _) -> binary:compile_pattern([<<"a">>, <<"bc">>]);
constant(62, Stack) -> Stack;
constant(63, Stack) -> list_to_tuple(Stack).

%% ---- regular expressions ---------------------------------------------------------------------
regex(<<Flags:24, N:6, Offset:10, Rest/binary>>) ->
    Size = min(N, byte_size(Rest)),
    <<Pattern:Size/binary, Subject/binary>> = Rest,
    All = [anchored, caseless, dollar_endonly, dotall, extended, firstline, multiline,
           no_auto_capture, dupnames, ungreedy, unicode, bsr_anycrlf, {newline, crlf},
           {newline, any}, no_start_optimize, ucp, never_utf],
    Compile = [O || {I, O} <- lists:enumerate(0, All), (Flags bsr I) band 1 =:= 1],
    Run = case (Flags bsr 17) band 7 of
              0 -> [];
              1 -> [global];
              2 -> [{capture, all, binary}];
              3 -> [global, {capture, all_but_first, list}];
              4 -> [{capture, [1, 0, 2], index}, notbol];
              5 -> [{offset, Offset}, notempty_atstart];
              6 -> [{match_limit, 1000}, report_errors];
              7 -> [global, notempty, {capture, all_names, binary}]
          end,
    _ = (catch re:run(Subject, Pattern, Compile ++ Run)),
    case catch re:compile(Pattern, Compile) of
        {ok, Re} ->
            _ = (catch re:inspect(Re, namelist)),
            regex_law(Subject, Re, catch re:run(Subject, Re, Run)),
            _ = (catch re:run(binary_to_list(Subject), Re, Run)),
            _ = (catch re:split(Subject, Re)),
            _ = (catch re:replace(Subject, Re, <<"<&\\1>">>, [global]));
        _ -> ok
    end,
    ok;
regex(_) -> ok.

%% Where something matches lies inside of the subject.
regex_law(Subject, _Re, {match, [{Start, Len} | _]}) ->
    ?LAW(Start >= -1 andalso Len >= 0 andalso Start + Len =< byte_size(Subject));
regex_law(_, _, _) -> ok.

%% ---- match specifications --------------------------------------------------------------------
match_spec(<<Kind, Bytes/binary>>) ->
    Spec = case Kind rem 4 of
               0 -> decoded(Bytes);
               _ -> {S, _} = clauses(Bytes, Kind rem 3 + 1), S
           end,
    _ = (catch erlang:match_spec_test({a, 1, #{k => v}}, Spec, table)),
    _ = (catch erlang:match_spec_test([a, 1, {b}], Spec, trace)),
    Objects = [{a, 1}, {b, 2.0, <<"c">>}, {{a, b}, [1, 2], #{k => v}}, {1, 2, 3, 4}, {[x | y]}],
    case catch ets:match_spec_compile(Spec) of
        Ref when is_reference(Ref) ->
            ?LAW(is_list(catch ets:match_spec_run(Objects, Ref)));
        _ -> ok
    end,
    [on_table(Type, Objects, Spec) || Type <- [set, ordered_set, bag, duplicate_bag]],
    ok;
match_spec(_) -> ok.

on_table(Type, Objects, Spec) ->
    T = ets:new(t, [Type]),
    ets:insert(T, Objects),
    _ = (catch ets:select(T, Spec)),
    _ = (catch ets:select_reverse(T, Spec)),
    _ = (catch (fun Go('$end_of_table') -> ok; Go({_, C}) -> Go(ets:select(C)) end)(ets:select(T, Spec, 1))),
    _ = (catch ets:select_count(T, Spec)),
    _ = (catch ets:select_replace(T, Spec)),
    case Spec of
        [{Head, _, _} | _] -> _ = (catch ets:match(T, Head)), _ = (catch ets:match_delete(T, Head));
        _ -> ok
    end,
    _ = (catch ets:select_delete(T, Spec)),
    _ = ets:tab2list(T),
    ets:delete(T).

clauses(B, 0) -> {[], B};
clauses(B, N) ->
    {Head, B1} = pattern(B, 3),
    {Guards, B2} = many(B1, fun(X) -> expression(X, 4) end, 2),
    {Body, B3} = many(B2, fun(X) -> expression(X, 4) end, 3),
    {Rest, B4} = clauses(B3, N - 1),
    {[{Head, Guards, Body} | Rest], B4}.

many(<<N, B/binary>>, F, Max) -> many_of(B, F, N rem (Max + 1));
many(<<>>, _, _) -> {[], <<>>}.

many_of(B, _, 0) -> {[], B};
many_of(B, F, N) ->
    {X, B1} = F(B),
    {Xs, B2} = many_of(B1, F, N - 1),
    {[X | Xs], B2}.

pattern(<<K, B/binary>>, D) when D > 0 ->
    case K rem 12 of
        0 -> {'_', B};
        1 -> {'$1', B};
        2 -> {'$2', B};
        3 -> {a, B};
        4 -> {1, B};
        5 -> {Xs, B1} = many_of(B, fun(X) -> pattern(X, D - 1) end, K div 12 rem 4), {Xs, B1};
        6 -> {X, B1} = pattern(B, D - 1), {Y, B2} = pattern(B1, D - 1), {[X | Y], B2};
        7 -> {X, B1} = pattern(B, D - 1), {#{k => X}, B1};
        8 -> {2.0, B};
        9 -> {<<"c">>, B};
        _ -> {Xs, B1} = many_of(B, fun(X) -> pattern(X, D - 1) end, K div 12 rem 5), {list_to_tuple(Xs), B1}
    end;
pattern(B, _) -> {'$3', B}.

-define(OPERATORS, {is_atom, is_tuple, is_map, hd, tl, size, length, abs, element, map_get, is_map_key,
                    'not', 'and', 'or', 'xor', 'andalso', 'orelse', '+', '-', '*', '/', 'div', 'rem',
                    'band', 'bsl', 'bsr', '==', '=:=', '<', '>=', '/=', const, self, is_record,
                    binary_part, bit_size, round, node, float, map_size, 'bnot', get_tcw,
                    message, return_trace, set_seq_token, exception_trace, caller, display, trace}).

expression(<<K, B/binary>>, D) when D > 0 ->
    case K rem 10 of
        0 -> {'$1', B};
        1 -> {'$_', B};
        2 -> {'$$', B};
        3 -> {K - 100, B};
        4 -> {lists:nth(1 + K rem 5, [a, <<"x">>, 1.5, [], 1 bsl 70]), B};
        5 -> {Xs, B1} = many_of(B, fun(X) -> expression(X, D - 1) end, K rem 3), {{list_to_tuple(Xs)}, B1};
        6 -> {Xs, B1} = many_of(B, fun(X) -> expression(X, D - 1) end, K rem 4), {Xs, B1};
        7 -> {X, B1} = expression(B, D - 1), {#{k => X}, B1};
        _ -> operator(B, K rem 4, D)
    end;
expression(B, _) -> {'$2', B}.

operator(<<K, B/binary>>, N, D) ->
    {Xs, B1} = many_of(B, fun(X) -> expression(X, D - 1) end, N),
    {list_to_tuple([element(1 + K rem tuple_size(?OPERATORS), ?OPERATORS) | Xs]), B1};
operator(B, _, _) -> {'$3', B}.

decoded(Bytes) -> try binary_to_term(Bytes) catch _:_ -> Bytes end.

%% ---- numbers -----------------------------------------------------------------------------------
numbers(<<Base0, Digits0, Text/binary>>) ->
    Base = 2 + Base0 rem 35,
    Digits = Digits0 rem 40,
    Parsed = [catch list_to_float(binary_to_list(Text)), catch binary_to_float(Text),
              catch binary_to_integer(Text, Base), catch list_to_integer(binary_to_list(Text), Base),
              catch element(1, string:to_float(Text)), catch element(1, string:to_integer(Text)),
              catch binary_to_integer(Text), bits_as_float(Text), bits_as_integer(Text)],
    [number(N, Base, Digits) || N <- Parsed, is_number(N)],
    ok;
numbers(_) -> ok.

bits_as_float(<<F/float, _/binary>>) -> F;
bits_as_float(_) -> none.

bits_as_integer(B) ->
    Size = bit_size(B),
    <<I:Size/signed>> = B,
    <<J:Size/signed-little>> = B,
    ?LAW(<<I:Size>> =:= B),
    ?LAW(<<J:Size/little>> =:= B),
    I + J.

number(F, _, Digits) when is_float(F) ->
    ?LAW(list_to_float(float_to_list(F)) =:= F),
    ?LAW(binary_to_float(float_to_binary(F, [short])) =:= F),
    ?LAW(is_list(float_to_list(F, [{scientific, Digits}]))),
    _ = (catch float_to_list(F, [{decimals, Digits}, compact])),
    ?LAW(is_integer(trunc(F)) andalso is_integer(round(F)) andalso floor(F) =< ceil(F)),
    ?LAW(trunc(F) == F orelse abs(trunc(F)) < abs(F)),
    _ = io_lib:format("~p ~w ~g", [F, F, F]);
number(I, Base, _) ->
    ?LAW(list_to_integer(integer_to_list(I, Base), Base) =:= I),
    ?LAW(binary_to_integer(integer_to_binary(I)) =:= I),
    case catch float(I) of
        F when is_float(F) -> ?LAW((F < I) or (F == I) or (F > I));
        _ -> ok
    end.

%% ---- terms ---------------------------------------------------------------------------------------
terms(<<Kind, Bytes/binary>>) ->
    {A, B, C} = three(Kind, Bytes),
    [laws(X) || X <- [A, B, C]],
    pair(A, B),
    pair(B, C),
    pair(A, C),
    ?LAW(not (A =< B andalso B =< C) orelse A =< C),
    arithmetics(A, B),
    map_laws(A, B, C),
    ok;
terms(_) -> ok.

three(Kind, Bytes) when Kind rem 3 =:= 0 ->
    Half = byte_size(Bytes) div 2,
    <<X:Half/binary, Y/binary>> = Bytes,
    A = decoded(Bytes),
    {A, decoded(X), decoded(Y)};
three(_, Bytes) ->
    {A, R} = term(Bytes, 4),
    {B, R1} = term(R, 4),
    {C, _} = term(R1, 4),
    {A, B, C}.

laws(T) ->
    Encoded = term_to_binary(T),
    ?LAW(binary_to_term(Encoded) =:= T),
    ?LAW(binary_to_term(term_to_binary(T, [compressed, {minor_version, 2}])) =:= T),
    ?LAW(byte_size(Encoded) =< erlang:external_size(T)),
    ?LAW(iolist_to_binary(erlang:term_to_iovec(T)) =:= Encoded),
    ?LAW(T =:= T andalso T == T andalso T =< T),
    Self = self(),
    Self ! {copy, T},
    Copy = receive {copy, X} -> X end,
    ?LAW(Copy =:= T andalso erlang:phash2(Copy) =:= erlang:phash2(T)),
    put(T, T),
    ?LAW(get(T) =:= T andalso erase(T) =:= T),
    Table = ets:new(t, [ordered_set]),
    ets:insert(Table, {T, T}),
    ?LAW(ets:lookup(Table, T) =:= [{T, T}]),
    ets:delete(Table),
    _ = io_lib:format("~W", [T, 20]),
    _ = (catch iolist_to_binary(T)),
    _ = (catch unicode:characters_to_binary(T)),
    _ = (catch list_to_tuple(T)),
    _ = (catch tuple_to_list(T)),
    _ = (catch apply(erlang, phash, [T, 1 bsl 32])),
    erlang:garbage_collect().

%% Exactly one of <, == and > holds; what is =:= is == and has the same hash.
pair(A, B) ->
    ?LAW(length([yes || true <- [A < B, A == B, A > B]]) =:= 1),
    ?LAW((A < B) =:= (B > A) andalso (A =< B) =:= not (A > B)),
    ?LAW(A =/= B orelse A == B andalso erlang:phash2(A) =:= erlang:phash2(B)),
    ?LAW(lists:sort([B, A]) == lists:sort([A, B])),
    ?LAW(not (A == B) orelse length(lists:usort([A, B])) =:= 1).

arithmetics(A, B) when is_integer(A), is_integer(B), B =/= 0 ->
    ?LAW((A div B) * B + A rem B =:= A),
    ?LAW(A + B - B =:= A),
    ?LAW((A bxor B) bxor B =:= A),
    ?LAW((A band B) + (A bor B) =:= A + B),
    ?LAW(bnot bnot A =:= A),
    ?LAW(-(-A) =:= A),
    ?LAW((A * B) div B =:= A),
    ?LAW((A bsl 67) bsr 67 =:= A);
arithmetics(A, B) -> _ = (catch A * B), _ = (catch A / B), ok.

map_laws(A, B, C) ->
    Pairs = [{K, V} || K <- [A, B, C, {A}, [B], {C, 1}], V <- [1]],
    Many = [{{many, N}, N} || N <- lists:seq(1, 40)],
    [begin
         M = maps:from_list(Ps),
         ?LAW(maps:get(A, M) =:= 1),
         M2 = M#{B => two},
         ?LAW(maps:get(B, M2) =:= two andalso maps:size(M2) =:= maps:size(M)),
         M3 = maps:remove(A, M2),
         ?LAW(not maps:is_key(A, M3) andalso maps:size(M3) + 1 =:= maps:size(M2)),
         ?LAW(maps:from_list(maps:to_list(M2)) =:= M2),
         ?LAW(maps:merge(M3, M) =:= maps:merge(maps:merge(M3, M), M)),
         ?LAW(binary_to_term(term_to_binary(M2)) =:= M2),
         ?LAW(erlang:phash2(maps:put(A, 1, M3)) =:= erlang:phash2(maps:put(A, 1, M2)))
     end || Ps <- [Pairs, Pairs ++ Many]],
    ok.

term(<<K, B/binary>>, D) when D > 0 ->
    case K rem 16 of
        0 -> {K - 128, B};
        1 -> integer(B, K div 16);
        2 -> float_of(B);
        3 -> {lists:nth(1 + K div 16, [a, b, true, [], '', undefined, 'é', ok, error, c, d, e, f, g, h, i]), B};
        4 -> bytes(B, K div 16 * 8);
        5 -> bytes(B, K);
        6 -> {Xs, B1} = many_of(B, fun(X) -> term(X, D - 1) end, K div 16), {list_to_tuple(Xs), B1};
        7 -> {Xs, B1} = many_of(B, fun(X) -> term(X, D - 1) end, K div 16), {Xs, B1};
        8 -> {X, B1} = term(B, D - 1), {Y, B2} = term(B1, D - 1), {[X | Y], B2};
        9 -> {Xs, B1} = many_of(B, fun(X) -> term(X, D - 1) end, K div 16), {maps:from_list([{X, X} || X <- Xs]), B1};
        10 -> {maps:from_list([{N, B} || N <- lists:seq(1, 30 + K div 16)]), B};
        11 -> {fun() -> B end, B};
        12 -> {fun lists:map/2, B};
        13 -> {self(), B};
        14 -> {make_ref(), B};
        15 -> {X, B1} = term(B, D - 1), {[X || _ <- lists:seq(1, K div 16)], B1}
    end;
term(B, _) -> {b, B}.

integer(B, Bytes) ->
    Size = min(Bytes, byte_size(B)) * 8,
    <<I:Size/signed, Rest/binary>> = B,
    {I, Rest}.

float_of(<<F/float, B/binary>>) -> {F, B};
float_of(B) -> {0.5, B}.

bytes(B, Bits) ->
    Size = min(Bits, bit_size(B)),
    <<X:Size/bitstring, Rest/bitstring>> = B,
    {X, whole(Rest)}.

whole(B) when is_binary(B) -> B;
whole(B) -> Size = bit_size(B) div 8, <<X:Size/binary, _/bitstring>> = B, X.
