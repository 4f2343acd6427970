%% SPDX-License-Identifier: Apache-2.0
%% Text to float: good and bad forms.
-module(list_to_float).
-export([main/0]).

main() ->
    [io:format("~p ~p ~p~n", [S, t(fun() -> list_to_float(S) end), t(fun() -> binary_to_float(list_to_binary(S)) end)])
     || S <- ["1.0", "-1.5", "+2.25", "1.0e10", "1.0E10", "1.0e+10", "1.0e-10", "0.0", "-0.0", "1", "1.", ".5", "1.0e", "1e5",
              "1.0e400", "1.0e-400", "inf", "nan", " 1.0", "1.0 ", "", "1.0.0", "123456789.123456789", "00001.5", "1_0.0",
              "179769313486231580793728971405301e276", "4.9e-324", "2.4e-324", "2.5e-324"]].

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
