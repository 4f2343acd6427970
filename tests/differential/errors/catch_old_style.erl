%% SPDX-License-Identifier: Apache-2.0
%% catch: {'EXIT', {Reason, Trace}} for errors, {'EXIT', Reason} for exits, the value for throws.
-module(catch_old_style).
-export([main/0, id/1]).

main() ->
    Self = self(),
    spawn(fun() -> Self ! {r, all()} end),
    receive {r, R} -> [io:format("~p~n", [X]) || X <- R] end.

all() ->
    [catch id(1) + id(b),
     catch error(e),
     catch error(e, [1]),
     catch exit(x),
     catch throw(t),
     catch id(fine),
     (catch lists:nth(3, [a])),
     (catch apply(nope, nope, [])),
     catch (catch throw(inner)),
     [catch throw(in_list)],
     {catch exit(a), catch exit(b)},
     case catch throw({ok, 1}) of {ok, V} -> V; _ -> none end].

%% Hides a value from the compiler.
id(X) -> X.
