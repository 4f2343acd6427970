%% SPDX-License-Identifier: Apache-2.0
%% The application kernel of a sandbox. OTP's starts the code server, the file server,
%% the distribution and more under one supervisor; here each of them is started by
%% itself when it is first asked for (apex_services), so the supervisor has no children.
-module(kernel).
-behaviour(supervisor).
-export([start/2, stop/1, config_change/3, init/1]).

start(_Type, []) ->
    %% kernel_sup is a service by itself.
    case supervisor:start_link(?MODULE, []) of
        {ok, Pid} -> {ok, Pid, []};
        Error -> Error
    end.

stop(_State) -> ok.

config_change(_Changed, _New, _Removed) -> ok.

init([]) -> {ok, {#{strategy => one_for_all, intensity => 0, period => 1}, []}};
init(safe) -> {ok, {#{strategy => one_for_one, intensity => 4, period => 3600}, []}}.
