% SPDX-License-Identifier: Apache-2.0
%% One character with a million marks.
% hostile: 46 59
% verdict: done or killed or deadline
% limits: deadline=3s
-module(unicode_marks).
-export([main/0]).

main() ->
    T = [$e | lists:duplicate(300000, 16#301)],
    1 = string:length(T),
    _ = unicode:characters_to_nfc_list(T),
    _ = string:next_grapheme(unicode:characters_to_binary(T)),
    ok.
