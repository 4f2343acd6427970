%% SPDX-License-Identifier: Apache-2.0
%% Match specifications for traces, as erlang:match_spec_test/3 shows them.
-module(match_spec_trace).
-export([main/0]).

m(Args, Spec) ->
    Answer = try erlang:match_spec_test(Args, Spec, trace)
             catch Class:Reason -> {Class, Reason}
             end,
    io:format("~w ~w~n  ~p~n", [Args, Spec, Answer]).

main() ->
    m([1, 2], [{['$1', '$2'], [], [{message, '$1'}]}]),
    m([1, 2], [{['$1', '$2'], [{'>', '$1', 4}], [{message, '$1'}]}]),
    m([1, 2], [{['$1', '$2'], [], [{return_trace}]}]),
    m([1, 2], [{['$1', '$2'], [], [{message, {{'$1', '$2'}}}, {return_trace}]}]),
    m([1, 2], [{['$1', '$1'], [], [true]}]),
    m([1, 1], [{['$1', '$1'], [], [true]}]),
    m([1, 2], [{['$1'], [], [true]}, {['_', '_'], [], [{message, two}]}]),
    m([1, 2], [{'_', [], [{message, any}]}]),
    m([1, 2], [{'$1', [], [{message, '$1'}]}]),
    m([], [{[], [], [{message, none}]}]),
    m([a, {b, [c]}], [{['_', {b, ['$1' | '_']}], [], [{message, '$1'}]}]),
    m([1, 2], [{['$1', '$2'], [], [{foo}]}]),
    m([1, 2], [{['$1', '$2'], [], ['$3']}]),
    m({1, 2}, [{['$1', '$2'], [], [true]}]),
    m([1 | 2], [{['$1', '$2'], [], [true]}]),
    m([1, 2], foo),
    m([1, 2], []).
