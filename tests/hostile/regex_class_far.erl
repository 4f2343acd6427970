% SPDX-License-Identifier: Apache-2.0
%% The repetition of a class is one step of a match and reads all of a long subject, from each start.
% hostile: 45
% verdict: done or deadline
% limits: memory=256M, deadline=2s
-module(regex_class_far).
-export([main/0]).

main() ->
    S = binary:copy(<<"a">>, 30000000),
    nomatch = re:run(S, "[a-y]*[z]"),
    nomatch = re:run(<<S/binary, "z">>, "[a-y]*[z]z").
