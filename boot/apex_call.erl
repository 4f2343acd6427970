%% SPDX-License-Identifier: Apache-2.0
%% What the functions of the host come down to: a module that exports some of them is
%% made when the host registers them, and its functions call this one.
-module(apex_call).
-export([call/3]).

call(Module, Function, Args) ->
    Arity = length(Args),
    case apex_host:request(Module, Function, Arity, term_to_binary(Args)) of
        {ok, Value} ->
            binary_to_term(Value);
        {error, Reason} ->
            erlang:raise(error, binary_to_term(Reason), [{Module, Function, Arity, []}])
    end.
