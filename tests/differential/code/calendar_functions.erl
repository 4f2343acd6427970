%% SPDX-License-Identifier: Apache-2.0
%% calendar and filename: pure computations.
-module(calendar_functions).
-export([main/0]).

main() ->
    io:format("~p~n", [[calendar:day_of_the_week(D) || D <- [{2024, 2, 29}, {1970, 1, 1}, {2000, 12, 31}]]]),
    io:format("~p~n", [[calendar:is_leap_year(Y) || Y <- [1900, 2000, 2023, 2024]]]),
    io:format("~p~n", [[calendar:datetime_to_gregorian_seconds({{2024, 5, 6}, {7, 8, 9}}), calendar:gregorian_seconds_to_datetime(63882169689)]]),
    io:format("~p~n", [[calendar:date_to_gregorian_days(2024, 1, 1), calendar:gregorian_days_to_date(739251)]]),
    io:format("~p~n", [[calendar:iso_week_number({2021, 1, 3}), calendar:last_day_of_the_month(2024, 2), calendar:valid_date(2023, 2, 29)]]),
    io:format("~p~n", [[calendar:seconds_to_daystime(100000), calendar:seconds_to_time(3661), calendar:time_to_seconds({1, 1, 1}), calendar:time_difference({{2024, 1, 1}, {0, 0, 0}}, {{2024, 1, 2}, {1, 0, 0}})]]),
    io:format("~p~n", [[calendar:rfc3339_to_system_time("2024-05-06T07:08:09Z"), calendar:system_time_to_rfc3339(1714979289, [{offset, "Z"}])]]),
    io:format("~p~n", [calendar:system_time_to_universal_time(1714979289, second)]),
    io:format("~p~n", [[filename:join(["a", "b", "c.erl"]), filename:basename("/x/y.erl", ".erl"), filename:extension("a.tar.gz"), filename:dirname("/a/b/c"), filename:split("/a/b"), filename:rootname("x.erl"), filename:absname("x", "/y"), filename:join("a", "/b")]]).
