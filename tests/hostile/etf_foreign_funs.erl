% SPDX-License-Identifier: Apache-2.0
%% Funs of modules that nobody has, a hundred thousand of them that differ in one number only.
% hostile: 69 27
% verdict: done or killed or deadline or error system_limit
% limits: deadline=3s
-module(etf_foreign_funs).
-export([main/0]).

main() ->
    Funs = [begin
                Body = <<0, 0:128, 0:32, 0:32, 119, 4, "none", 98, N:32, 97, 0,
                         103, 119, 13, "nonode@nohost", 1:32, 0:32, 0>>,
                <<112, (byte_size(Body) + 4):32, Body/binary>>
            end || N <- lists:seq(1, 100000)],
    L = binary_to_term(iolist_to_binary([<<131, 108, 100000:32>>, Funs, 106])),
    100000 = length(L),
    {'EXIT', _} = (catch (hd(L))()),
    ok.
