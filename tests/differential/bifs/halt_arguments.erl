% SPDX-License-Identifier: Apache-2.0
%% What erlang:halt/1,2 refuses, and the status that a large integer ends in.
-module(halt_arguments).
-export([main/0]).

main() ->
    [io:format("~p: ~p~n", [Args, refused(Args)])
     || Args <- [[-1], [a], [1.0], [{}], [<<"x">>], [[a]], [[$a | $b]], [[-1]], [[16#D800]], [[1 bsl 70]], [-(1 bsl 70)],
                 [[$a, x | lists:seq(1, 10)]],
                 [0, x], [0, [flush]], [0, [{flush, bad}]], [0, [{flush, true}, {flush, bad}]],
                 [0, [{flush, true} | x]], [0, [{flush, true, x}]], [0, [{x, true}]],
                 [a, [{flush, true}]], [a, [{flush, x}]]]],
    halt(1 bsl 70 + 1, [{flush, true}, {flush, true}]).

refused(Args) ->
    try apply(erlang, halt, Args)
    catch error:Reason:Trace -> {Reason, hd(Trace)}
    end.
