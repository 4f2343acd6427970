%% SPDX-License-Identifier: Apache-2.0
%% The handler that logger has before any other: needs no process of its own here.
-module(logger_simple_h).
-export([adding_handler/1, removing_handler/1, log/2]).

adding_handler(#{id := simple} = Config) -> {ok, Config}.

removing_handler(#{id := simple}) -> ok.

log(Event, _Config) -> apex_logger_h:log(Event, apex_logger_h:config()).
