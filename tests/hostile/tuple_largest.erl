% SPDX-License-Identifier: Apache-2.0
%% Tuples of the largest size, and larger ones.
% hostile: 29
% limits: deadline=3s
% verdict: killed or deadline or error system_limit or error badarg
-module(tuple_largest).
-export([main/0]).

main() ->
    catch erlang:make_tuple(1 bsl 24, x),
    catch erlang:make_tuple(1 bsl 60, x),
    catch list_to_tuple(lists:seq(1, 1 bsl 21)),
    more([erlang:make_tuple((1 bsl 24) - 1, x)]).
more(L) -> more([erlang:append_element(hd(L), y) | L]).
