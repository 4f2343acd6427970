% SPDX-License-Identifier: Apache-2.0
%% init:stop ends this sandbox only.
% hostile: 72
% verdict: halted 0
% limits: deadline=3s
-module(init_stop).
-export([main/0]).

main() -> init:stop(), receive never -> ok end.
