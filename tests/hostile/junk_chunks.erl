% SPDX-License-Identifier: Apache-2.0
%% Chunks that nobody needs, too many of them, twice the same, and files that inflate.
% hostile: 70 62
% verdict: done
% limits: deadline=20s, memory=200M
-module(junk_chunks).
-export([main/0]).

main() ->
    {_, Beam, _} = code:get_object_code(?MODULE),
    {ok, _, Chunks} = beam_lib:all_chunks(Beam),
    Junk = fun(N) -> [{lists:flatten(io_lib:format("J~3..0b", [K])), <<K:80>>} || K <- lists:seq(1, N)] end,
    true = is_reference(prepare(Junk(40) ++ Chunks)),
    {error, badfile} = prepare(Junk(100) ++ Chunks),
    {error, badfile} = prepare([hd(Chunks) | Chunks]),
    true = is_reference(prepare([{"Junk", binary:copy(<<0>>, 1000000)} | Chunks])),
    true = is_reference(erlang:prepare_loading(?MODULE, zlib:gzip(Beam))),
    Z = zlib:open(),
    zlib:deflateInit(Z, 9, deflated, 31, 8, default),
    M = binary:copy(<<0>>, 1048576),
    Bomb = iolist_to_binary([[zlib:deflate(Z, M) || _ <- lists:seq(1, 70)], zlib:deflate(Z, [], finish)]),
    case catch erts_internal:prepare_loading(?MODULE, Bomb) of {error, badfile} -> ok; {'EXIT', {system_limit, _}} -> ok end.
prepare(Chunks) -> {ok, B} = beam_lib:build_module(Chunks), erlang:prepare_loading(?MODULE, B).
