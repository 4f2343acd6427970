%% SPDX-License-Identifier: Apache-2.0
%% bs_match, which compilers from OTP 26 on write: a module of one function is
%% assembled here by hand, and must match as ordinary code does.
%% args: --allow load_code
%% expect: first ok
%% expect: exact ok
%% expect: wide ok
%% expect: constant ok
%% expect: units ok
-module(match_commands_of_otp26).
-export([main/0]).

main() ->
    check(first, [{ensure_at_least, 32, 8}, {integer, 2, [], 8, 1, 2}, {'=:=', 4, 5}, {integer, 3, [signed, little], 12, 1, 3},
                  {skip, 3}, {binary, 4, [], 5, 1, 4}, {get_tail, 5, 8, 5}], 4,
          fun(<<A, 5:4, B:12/signed-little, _:3, C:5/bits, D/binary>>) -> {A, B, C, D}; (_) -> none end),
    check(exact, [{ensure_exactly, 40}, {integer, 2, [], 16, 1, 2}, {integer, 3, [little], 1, 16, 3}, {skip, 1}, {integer, 4, [signed], 7, 1, 4}], 3,
          fun(<<A:16, B:16/little, _:1, C:7/signed>>) -> {A, B, C}; (_) -> none end),
    check(wide, [{ensure_at_least, 240, 1}, {integer, 2, [], 64, 1, 2}, {integer, 3, [signed], 100, 1, 3}, {integer, 4, [little], 60, 1, 4},
                 {integer, 5, [], 0, 1, 5}, {binary, 6, [], 2, 8, 6}, {get_tail, 7, 1, 7}], 6,
          fun(<<A:64, B:100/signed, C:60/little, D:0, E:2/binary, F/bits>>) -> {A, B, C, D, E, F}; (_) -> none end),
    check(constant, [{ensure_at_least, 69, 1}, {'=:=', 64, 16#8182838485868788}, {'=:=', 5, 17}, {get_tail, 2, 1, 2}], 1,
          fun(<<16#8182838485868788:64, 17:5, R/bits>>) -> {R}; (_) -> none end),
    check(units, [{ensure_at_least, 3, 7}, {skip, 3}, {get_tail, 2, 7, 2}], 1,
          fun(<<_:3, R/binary-unit:7>>) -> {R}; (_) -> none end).

inputs() ->
    Bytes = << <<(X * 83 + 5)>> || X <- lists:seq(1, 60) >>,
    [a, <<>>, <<1:1>>, <<7, 5:4, -3:12/signed-little, 0:3, 9:5>>, <<7, 5:4, 1000:12/little, 0:3, 9:5, "tail">>,
     <<7, 5:4, 1000:12/little, 0:3, 9:5, 1:1>>, <<7, 4:4, 1000:12/little, 0:3, 9:5>>,
     <<16#8182838485868788:64, 17:5>>, <<16#8182838485868788:64, 17:5, "rest">>, <<16#8182838485868789:64, 17:5>>,
     <<-1:512>>, <<0:512>> | [binary:part(Bytes, 0, N) || N <- lists:seq(0, 60)]]
        ++ [begin <<_:3, R:N/bits, _/bits>> = Bytes, R end || N <- lists:seq(0, 100)].

check(Name, Commands, Results, Expected) ->
    {module, Name} = code:load_binary(Name, "", module(Name, Commands, Results)),
    Wrong = [I || I <- inputs(), Name:f(I) =/= Expected(I)],
    io:format("~p ~p~n", [Name, case Wrong of [] -> ok; _ -> {hd(Wrong), Name:f(hd(Wrong)), Expected(hd(Wrong))} end]).

%% ---- assembling ----
atoms(Name) -> [Name, f, none, ensure_at_least, ensure_exactly, integer, binary, skip, get_tail, '=:='].
literals() -> [[], [little], [signed], [signed, little]].

module(Name, Commands, Results) ->
    Registers = [{x, N} || N <- lists:seq(2, Results + 1)],
    List = lists:append([command(C) || C <- Commands]),
    Code = [op(1, [{u, 1}]), op(2, [{atom, Name}, {atom, f}, {u, 1}]), op(1, [{u, 2}]),
            op(166, [{f, 3}, {x, 0}, {u, 1}, {x, 1}]),
            op(182, [{f, 3}, {x, 1}, {list, List}]),
            op(16, [{u, Results + 1}, {u, Results + 2}]),
            op(164, [{x, 0}, {list, Registers}]), op(19, []),
            op(1, [{u, 3}]), op(64, [{atom, none}, {x, 0}]), op(19, []), op(3, [])],
    Bytes = iolist_to_binary([encode(Name, C) || C <- Code]),
    Atoms = [begin T = atom_to_binary(A), <<(byte_size(T)), T/binary>> end || A <- atoms(Name)],
    Literals = [begin T = term_to_binary(L), <<(byte_size(T)):32, T/binary>> end || L <- literals()],
    Chunks = [chunk("AtU8", [<<(length(Atoms)):32>>, Atoms]),
              chunk("Code", [<<16:32, 0:32, 182:32, 4:32, 1:32>>, Bytes]),
              chunk("StrT", []), chunk("ImpT", <<0:32>>), chunk("ExpT", <<1:32, 2:32, 1:32, 2:32>>),
              chunk("LitT", [<<0:32, (length(Literals)):32>>, Literals])],
    Body = iolist_to_binary(["BEAM", Chunks]),
    <<"FOR1", (byte_size(Body)):32, Body/binary>>.

chunk(Id, Data0) ->
    Data = iolist_to_binary(Data0),
    Pad = (4 - byte_size(Data) rem 4) rem 4,
    [Id, <<(byte_size(Data)):32>>, Data, <<0:(Pad * 8)>>].

command({ensure_at_least, N, Unit}) -> [{atom, ensure_at_least}, {u, N}, {u, Unit}];
command({ensure_exactly, N}) -> [{atom, ensure_exactly}, {u, N}];
command({skip, N}) -> [{atom, skip}, {u, N}];
command({'=:=', Bits, Value}) -> [{atom, '=:='}, nil, {u, Bits}, {u, Value}];
command({get_tail, Live, Unit, X}) -> [{atom, get_tail}, {u, Live}, {u, Unit}, {x, X}];
command({Type, Live, Flags, Size, Unit, X}) -> [{atom, Type}, {u, Live}, {literal, Flags}, {u, Size}, {u, Unit}, {x, X}].

op(Number, Args) -> {Number, Args}.
encode(Name, {Number, Args}) -> [Number | [arg(Name, A) || A <- Args]].

arg(_, {u, N}) -> compact(0, N);
arg(Name, {atom, A}) -> compact(2, index(A, atoms(Name)));
arg(_, nil) -> compact(2, 0);
arg(_, {x, N}) -> compact(3, N);
arg(_, {f, N}) -> compact(5, N);
arg(_, {literal, L}) -> [compact(7, 4), compact(0, index(L, literals()) - 1)];
arg(Name, {list, L}) -> [compact(7, 1), compact(0, length(L)) | [arg(Name, A) || A <- L]].

compact(Tag, N) when N < 16 -> <<N:4, 0:1, Tag:3>>;
compact(Tag, N) when N < 2048 -> <<(N bsr 8):3, 1:2, Tag:3, N:8>>;
compact(Tag, N) ->
    Bytes0 = binary:encode_unsigned(N),
    Bytes = case Bytes0 of <<1:1, _/bits>> -> <<0, Bytes0/binary>>; _ -> Bytes0 end,
    case byte_size(Bytes) of
        Size when Size < 9 -> <<(Size - 2):3, 3:2, Tag:3, Bytes/binary>>;
        Size -> <<7:3, 3:2, Tag:3, (compact(0, Size - 9))/binary, Bytes/binary>>
    end.

index(E, [E | _]) -> 1;
index(E, [_ | T]) -> 1 + index(E, T).
