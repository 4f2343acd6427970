%% SPDX-License-Identifier: Apache-2.0
%% Every kind of memory that a guest can use up: a process takes it until it is refused, or time
%% is over.
-module(kinds).
-export([take/1, stack/1]).

%% Returns how it ended when a process that wants all of this kind has been stopped.
take(Kind) ->
    %% No errors, which would be reported.
    Want = fun() -> try want(Kind) catch _:Reason -> exit(short(Reason)) end end,
    {_, Monitor} = spawn_monitor(Want),
    receive {'DOWN', Monitor, process, _, Reason} -> short(Reason) end.

short(Reason) when is_atom(Reason) -> Reason;
short({Reason, _}) when is_atom(Reason) -> Reason;
short(_) -> other.

want(list) -> list([]);
want(tuples) -> tuples(0);
want(stack) -> stack(0);
want(binaries) -> binaries([]);
want(small_binaries) -> small_binaries(0, []);
want(append) -> append(<<>>);
want(bitstring) -> bitstring(<<1:1>>);
want(sub_binaries) -> sub_binaries([]);
want(dictionary) -> dictionary(0);
want(maps) -> maps(0, #{});
want(set) -> table([set], 0);
want(ordered) -> table([ordered_set], 0);
want(bag) -> table([bag], 0);
want(compressed) -> table([set, compressed], 0);
want(large_objects) -> large_objects(ets:new(t, []), 0);
want(tables) -> tables([]);
want(mailbox) -> mailbox(spawn_link(fun() -> receive never -> ok end end), 0);
want(own_mailbox) -> mailbox(self(), 0);
want(large_messages) -> large_messages(spawn_link(fun() -> receive never -> ok end end));
want(atoms) -> atoms(0);
want(long_atoms) -> long_atoms(0);
want(decoded_atoms) -> decoded_atoms(0);
want(persistent) -> persistent(0);
want(timers) -> timers(0);
want(monitors) -> monitors(self());
want(aliases) -> aliases();
want(processes) -> fork();
want(linked) -> linked();
want(names) -> names(0);
want(funs) -> funs(0, []);
want(atomics) -> atomics([]);
want(environment) -> environment(0);
want(modules) -> modules(template(), 0);
want(prepared) -> prepared(template(), []);
want(regex) -> regexes(1, []);
want(regex_match) -> regex_match(1000);
want(regex_split) -> regex_split(1000);
want(inflate) -> inflate(1000000);
want(deflaters) -> deflaters([]);
want(encode) -> encode([], 0);
want(encode_shared) -> encode(share(26), 0);
want(decode) -> decode(1000);
want(decode_zip) -> decode_zip(100000);
want(integers) -> integers(1 bsl 1000);
want(integer_text) -> integer_text(1 bsl 1000);
want(integer_parse) -> integer_parse(1000);
want(sort) -> sort(1000);
want(unicode) -> unicode(1000);
want(flatten) -> flatten([]);
want(seq) -> seq(1000);
want(replicate) -> replicate(1000);
want(copy) -> binary_copy(1000);
want(make_tuple) -> make_tuple(1000);
want(parts) -> parts(1000);
want(spec) -> spec(1000, []);
want(select) -> select(ets:new(t, []), 0);
want(to_list) -> to_list(1000);
want(from_list) -> from_list(1000);
want(compare) -> compare(1000);
want(hash_contexts) -> contexts([]);
want(process_info) -> ask(0);
want(stack_trace) -> stack_trace(1000);
want(file_name) -> file_name(1000);
want(pages) -> pages([]).

list(L) -> list([[] | L]).

tuples(T) -> tuples({T, T, 1, 2, 3, 4, 5, 6}).

stack(N) -> 1 + ?MODULE:stack(N + 1).

binaries(L) -> binaries([binary:copy(<<0>>, 70000) | L]).

small_binaries(N, L) -> small_binaries(N + 1, [<<N:600>> | L]).

append(B) -> append(<<B/binary, 0:8192>>).

bitstring(B) -> bitstring(<<B/bitstring, B/bitstring>>).

sub_binaries(L) ->
    <<_:100, B:80/binary, _/bitstring>> = binary:copy(<<0>>, 100000),
    sub_binaries([B | L]).

dictionary(N) -> put(N, {N}), dictionary(N + 1).

maps(N, M) -> maps(N + 1, M#{N => {N}}).

table(Options, N) when is_list(Options) -> table(ets:new(t, Options), N);
table(T, N) -> ets:insert(T, {N rem 100000000, N, "abc"}), table(T, N + 1).

large_objects(T, N) -> ets:insert(T, {N, lists:seq(1, 10000)}), large_objects(T, N + 1).

tables(L) -> tables([ets:new(t, [ordered_set]) | L]).

mailbox(Pid, N) -> Pid ! {N, N}, mailbox(Pid, N + 1).

large_messages(Pid) -> Pid ! lists:seq(1, 20000), large_messages(Pid).

atoms(N) -> _ = list_to_atom([$k | integer_to_list(N)]), atoms(N + 1).

long_atoms(N) ->
    _ = list_to_atom(lists:duplicate(240, 16#1F600) ++ integer_to_list(N)),
    long_atoms(N + 1).

decoded_atoms(N) ->
    Atoms = [begin T = <<"d", (integer_to_binary(N + I))/binary>>, <<119, (byte_size(T)), T/binary>> end
             || I <- lists:seq(1, 1000)],
    _ = binary_to_term(iolist_to_binary([131, 108, <<1000:32>>, Atoms, 106])),
    decoded_atoms(N + 1000).

persistent(N) -> persistent_term:put({k, N}, {N, "abc"}), persistent(N + 1).

timers(N) -> erlang:start_timer(1000000, self(), N), timers(N + 1).

monitors(Pid) -> monitor(process, Pid), monitors(spawn(fun() -> receive never -> ok end end)).

aliases() -> alias(), aliases().

fork() -> spawn(fun() -> receive never -> ok end end), fork().

linked() -> spawn_link(fun() -> receive never -> ok end end), linked().

names(N) ->
    register(list_to_atom([$n | integer_to_list(N)]), spawn(fun() -> receive never -> ok end end)),
    names(N + 1).

funs(N, L) -> funs(N + 1, [fun() -> {N, L} end | L]).

atomics(L) -> atomics([atomics:new(10000, []) | L]).

environment(N) -> os:putenv([$e | integer_to_list(N)], lists:duplicate(10000, $v)), environment(N + 1).

%% A module of the library, with a chunk that makes it another one each time.
template() ->
    {_, Code, _} = code:get_object_code(queue),
    true = code:unstick_mod(queue),
    <<"FOR1", Size:32, Rest/binary>> = Code,
    {Size, Rest}.

changed({Size, Rest}, N) -> <<"FOR1", (Size + 16):32, Rest/binary, "Xtra", 8:32, N:64>>.

%% Each version is kept alive by a fun.
modules(Template, N) ->
    {module, queue} = code:load_binary(queue, "queue.beam", changed(Template, N)),
    put(N, fun queue:new/0),
    code:purge(queue),
    modules(Template, N + 1).

prepared(Template, L) ->
    prepared(Template, [erlang:prepare_loading(queue, changed(Template, length(L))) | L]).

regexes(N, L) ->
    {ok, R} = re:compile(["a", integer_to_list(N), lists:duplicate(1000, "(b|c)+")]),
    regexes(N + 1, [R | L]).

regex_match(N) ->
    _ = re:run(binary:copy(<<"ab">>, N), "^(?:(a)(b))*$", [{capture, all, list}]),
    _ = re:run(binary:copy(<<"ab">>, N), "(a|b)", [global]),
    regex_match(N * 2).

regex_split(N) -> _ = re:split(binary:copy(<<"a,">>, N), ","), regex_split(N * 2).

inflate(N) ->
    _ = zlib:uncompress(zlib:compress(binary:copy(<<0>>, N))),
    inflate(N * 2).

deflaters(L) ->
    Z = zlib:open(),
    ok = zlib:deflateInit(Z),
    deflaters([Z | L]).

share(0) -> [];
share(N) -> T = share(N - 1), [T | T].

encode(T, N) -> _ = term_to_binary(T), encode([T, lists:seq(1, 1000 bsl N)], N + 1).

decode(N) -> _ = binary_to_term(term_to_binary(lists:duplicate(N, {a, 1.0, "x"}))), decode(N * 2).

decode_zip(N) ->
    _ = binary_to_term(term_to_binary(binary:copy(<<0>>, N), [compressed])),
    decode_zip(N * 2).

integers(I) -> integers(I * I).

integer_text(I) -> _ = integer_to_list(I), integer_text(I * I).

integer_parse(N) -> _ = binary_to_integer(binary:copy(<<"7">>, N)), integer_parse(N * 2).

sort(N) -> _ = lists:sort(lists:seq(N, 1, -1)), _ = lists:usort([{X rem 7, X} || X <- lists:seq(1, N)]), sort(N * 2).

unicode(N) ->
    _ = unicode:characters_to_list(unicode:characters_to_binary(lists:duplicate(N, 16#1F600))),
    unicode(N * 2).

flatten(L) -> _ = lists:flatten(L), flatten([L, L, 1]).

seq(N) -> _ = lists:seq(1, N), seq(N * 2).

replicate(N) -> _ = lists:duplicate(N, x), replicate(N * 2).

binary_copy(N) -> _ = binary:copy(<<"x">>, N), binary_copy(N * 2).

make_tuple(N) -> _ = erlang:make_tuple(N, x), make_tuple(N * 2).

parts(N) ->
    B = binary:copy(<<"a,">>, N),
    _ = binary:matches(B, [<<",">>, <<"a">>]), _ = binary:split(B, <<",">>, [global]),
    parts(N * 2).

spec(N, L) ->
    Clauses = [{{'$1', X}, [{'>', '$1', X}], ['$_']} || X <- lists:seq(1, N)],
    spec(N, [ets:match_spec_compile(Clauses) | L]).

select(T, N) ->
    ets:insert(T, [{N + I, I} || I <- lists:seq(1, 5000)]),
    _ = ets:tab2list(T), _ = ets:select(T, [{'$1', [], [{{'$1', '$1'}}]}]),
    select(T, N + 5000).

to_list(N) -> _ = binary_to_list(binary:copy(<<"x">>, N)), to_list(N * 2).

from_list(N) -> _ = iolist_to_binary(lists:duplicate(N, [<<"abc">>, $d])), from_list(N * 2).

compare(N) -> true = lists:seq(1, N) =:= lists:seq(1, N), _ = maps:from_list([{I, I} || I <- lists:seq(1, N)]), compare(N * 2).

contexts(L) -> contexts([erlang:md5_init(), crc(<<>>) | L]).

crc(B) -> erlang:adler32(B).

ask(N) ->
    self() ! lists:seq(1, 1000),
    _ = process_info(self(), [messages, backtrace, dictionary]),
    ask(N + 1).

stack_trace(N) ->
    _ = (catch deep(N)),
    _ = (catch error(lists:seq(1, N))),
    stack_trace(N * 2).

deep(0) -> error(x);
deep(N) -> 1 + deep(N - 1).

file_name(N) ->
    Flat = prim_file:internal_name2native(lists:duplicate(N, $a)),
    _ = prim_file:internal_native2name(Flat),
    Deep = lists:foldl(fun(_, L) -> [L, [16#1F600]] end, [], lists:seq(1, N)),
    _ = prim_file:internal_name2native(Deep),
    _ = (catch prim_file:read_file(Flat)),
    file_name(N * 2).

%% A mapped block each, which begins one more page.
pages(L) -> pages([binary:copy(<<0>>, 512 bsl 10) | L]).
