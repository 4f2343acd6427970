%% SPDX-License-Identifier: Apache-2.0
%% What the clocks of a sandbox say.
-module(clocks).
-compile(nowarn_deprecated_function).
-export([moved/0, off_grain/1, absolute/1, versions/0]).

%% Everything that reads a time, by name.
readings(Timer, Table) ->
    [{monotonic_time, erlang:monotonic_time(nanosecond)},
     {system_time, erlang:system_time(nanosecond)},
     {os_system_time, os:system_time(nanosecond)},
     {perf_counter, os:perf_counter(nanosecond)},
     {time_offset, erlang:time_offset(nanosecond)},
     {timestamp, erlang:timestamp()},
     {os_timestamp, os:timestamp()},
     {now_seconds, setelement(3, erlang:now(), 0)},
     {localtime, erlang:localtime()},
     {universaltime, erlang:universaltime()},
     {date, date()},
     {time, time()},
     {calendar, calendar:universal_time()},
     {rfc3339, calendar:system_time_to_rfc3339(erlang:system_time(nanosecond), [{unit, nanosecond}])},
     {wall_clock, element(1, statistics(wall_clock))},
     {runtime, element(1, statistics(runtime))},
     {scheduler_wall_time, [{C, W} || {_, C, W} <- scheduler_times()]},
     {monotonic_source, source(os_monotonic_time_source)},
     {system_source, source(os_system_time_source)},
     {read_timer, erlang:read_timer(Timer)},
     {fixed, fixed(Table, safe_fixed)},
     {fixed_monotonic, fixed(Table, safe_fixed_monotonic_time)}].

scheduler_times() ->
    case statistics(scheduler_wall_time) of
        undefined -> [];
        Times -> Times
    end.

source(Item) -> proplists:get_value(time, erlang:system_info(Item)).

%% When the table was fixed: just now.
fixed(Table, Item) ->
    ets:safe_fixtable(Table, true),
    {When, _} = ets:info(Table, Item),
    ets:safe_fixtable(Table, false),
    When.

%% The clocks that have moved over a while of work and one of waiting: the wait ends.
moved() ->
    _ = erlang:system_flag(scheduler_wall_time, true),
    Timer = erlang:start_timer(100000, self(), x),
    Table = ets:new(t, []),
    Before = readings(Timer, Table),
    _ = [lists:seq(1, 1000) || _ <- lists:seq(1, 3000)],
    receive never -> ok after 1100 -> ok end,
    After = readings(Timer, Table),
    Left = erlang:cancel_timer(Timer),
    [Name || {{Name, A}, {Name, B}} <- lists:zip(Before, After), A =/= B] ++
        [cancel_timer || Left =/= 100000].

%% The clocks that show what lies between two steps of so many nanoseconds.
off_grain(Step) ->
    _ = erlang:system_flag(scheduler_wall_time, true),
    Timer = erlang:start_timer(100000, self(), x),
    Table = ets:new(t, []),
    receive never -> ok after 30 -> ok end,
    [Name || {Name, V} <- readings(Timer, Table), V =/= [],
             lists:any(fun(Ns) -> Ns rem Step =/= 0 end, in_ns(Name, V))].

in_ns(Name, {Mega, S, Us}) when Name =:= timestamp; Name =:= os_timestamp; Name =:= fixed ->
    [((Mega * 1000000 + S) * 1000000 + Us) * 1000];
in_ns(scheduler_wall_time, Times) -> lists:append([tuple_to_list(T) || T <- Times]);
in_ns(Name, V) when Name =:= wall_clock; Name =:= runtime; Name =:= read_timer -> [V * 1000000];
in_ns(_, V) when is_integer(V) -> [V];
in_ns(_, _) -> [].

%% Timers for absolute times keep to the clock that is shown: one for a time that has come
%% fires at once, the one after so many milliseconds does not, though time has passed.
absolute(Ms) ->
    receive never -> ok after 3 * Ms -> ok end,
    Now = erlang:monotonic_time(millisecond),
    T1 = erlang:start_timer(Now, self(), due, [{abs, true}]),
    T2 = erlang:start_timer(Now + Ms, self(), later, [{abs, true}]),
    First = receive {timeout, T1, due} -> at_once; {timeout, T2, later} -> too_early end,
    Second = receive {timeout, T2, later} -> too_early after Ms div 2 -> not_yet end,
    Third = receive {timeout, T2, later} -> in_time after 100 * Ms -> never end,
    {First, Second, Third}.

%% When the versions of this module were loaded, by the sandbox's own clock.
versions() ->
    Now = erlang:system_time(nanosecond),
    [case element(2, V) of
         At when At =:= Now -> now;
         At when At < Now -> before;
         _ -> future
     end || V <- apex_host:history(?MODULE)].
