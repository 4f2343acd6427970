%% SPDX-License-Identifier: Apache-2.0
%% The result of a guard builtin is read again where its test has failed: the compiler
%% knows from the callers that the builtin itself cannot fail.
-module(guard_results_kept).
-export([main/0]).

main() ->
    [io:format("~p ~p~n", [M, which(M)])
     || M <- [#{}, #{left => 1}, #{right => 1}, #{both => 1}, #{left => 1, both => 2},
              #{right => 1, both => 2}, #{left => 1, none => 2}, #{right => 1, left => 2},
              #{none => 3}, #{left => 1, right => 2, both => 3, none => 4}]].

which(M) ->
    Found = first(M),
    Found = second(M),
    Found.

first(#{} = M) ->
    case case Left = is_map_key(left, M) of
             false -> false;
             _ -> is_map_key(both, M)
         end of
        true -> {left, both};
        false ->
            case case Right = is_map_key(right, M) of
                     false -> false;
                     _ -> is_map_key(both, M)
                 end of
                true -> {right, both};
                false ->
                    case case Left of
                             false -> false;
                             _ -> is_map_key(none, M)
                         end of
                        true -> {left, none};
                        false ->
                            case Right of
                                true -> right;
                                false -> nothing
                            end
                    end
            end
    end.

second(#{} = M) ->
    case is_map_key(left, M) of
        true when is_map_key(both, M) -> {left, both};
        Left ->
            case is_map_key(right, M) of
                true when is_map_key(both, M) -> {right, both};
                Right when Left, is_map_key(none, M), is_boolean(Right) -> {left, none};
                true -> right;
                false -> nothing
            end
    end.
