% SPDX-License-Identifier: Apache-2.0
%% All beginnings of a module, and it with each byte of its heads changed.
% hostile: 62
% verdict: done
% limits: deadline=8s
-module(beam_prefixes).
-export([main/0]).

main() ->
    {_, Beam, _} = code:get_object_code(?MODULE),
    [{error, badfile} = erlang:prepare_loading(?MODULE, binary:part(Beam, 0, N)) || N <- lists:seq(0, byte_size(Beam) - 5)],
    [erlang:prepare_loading(?MODULE, <<A/binary, X, Z/binary>>) ||
        N <- lists:seq(0, 120), X <- [0, 1, 127, 255], <<A0:N/binary, _, Z0/binary>> <- [Beam], {A, Z} <- [{A0, Z0}]],
    ok.
