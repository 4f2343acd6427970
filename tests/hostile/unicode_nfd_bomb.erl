% SPDX-License-Identifier: Apache-2.0
%% A text that becomes eighteen times as long.
% hostile: 46
% verdict: done or killed or deadline
% limits: deadline=3s
-module(unicode_nfd_bomb).
-export([main/0]).

main() -> byte_size(unicode:characters_to_nfkd_binary(binary:copy(<<16#FDFA/utf8>>, 300000))).
