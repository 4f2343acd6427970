% SPDX-License-Identifier: Apache-2.0
%% References that name tables, counters and code are made of bytes.
% hostile: 69
% verdict: done
-module(etf_forged_refs).
-export([main/0]).

main() ->
    T = ets:new(t, []),
    A = atomics:new(1, []),
    {ok, R} = re:compile("a"),
    Forged = [binary_to_term(other(term_to_binary(X), K)) || X <- [T, A, make_ref()], K <- lists:seq(-40, 40), K =/= 0],
    [begin
         catch ets:insert(F, {1}), catch atomics:put(F, 1, 1), catch counters:get(F, 1),
         catch erlang:finish_loading([F]), catch ets:match_spec_run([{1}], F),
         catch re:run("a", {re_pattern, 0, 0, 0, F}), catch zlib:inflate(F, <<1>>)
     end || F <- Forged],
    {'EXIT', {badarg, _}} = (catch atomics:get(T, 1)),
    {'EXIT', {badarg, _}} = (catch ets:insert(A, {1})),
    {'EXIT', {badarg, _}} = (catch ets:match_spec_run([{1}], T)),
    {'EXIT', _} = (catch re:run("a", setelement(5, R, T))),
    0 = atomics:get(A, 1),
    ok.
%% The last word of the number, changed by K.
other(B, K) ->
    N = byte_size(B) - 4,
    <<Head:N/binary, W:32>> = B,
    <<Head/binary, (W + K):32>>.
