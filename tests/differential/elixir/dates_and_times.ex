# SPDX-License-Identifier: Apache-2.0
# Date, Time, NaiveDateTime, DateTime in UTC, Calendar.
defmodule DatesAndTimes do
  def main do
    d = ~D[2024-02-28]
    IO.inspect([Date.add(d, 2), Date.diff(~D[2024-03-01], d), Date.day_of_week(d), Date.leap_year?(d), Date.days_in_month(d), Date.beginning_of_month(d), Date.end_of_week(d), Date.day_of_year(d), Date.quarter_of_year(d)])
    IO.inspect([Date.compare(d, ~D[2024-01-01]), Date.from_iso8601("2024-13-01"), Date.from_iso8601!("2024-12-01"), Date.to_iso8601(d), Date.new(2023, 2, 29), Date.to_erl(d), Date.range(d, ~D[2024-03-02]) |> Enum.to_list()])
    t = ~T[23:59:58.123]
    IO.inspect([Time.add(t, 5), Time.diff(t, ~T[00:00:00]), Time.truncate(t, :second), Time.from_iso8601("25:00:00"), Time.compare(t, ~T[01:00:00]), Time.to_seconds_after_midnight(t)])
    n = ~N[2024-05-06 07:08:09]
    IO.inspect([NaiveDateTime.add(n, 86400), NaiveDateTime.diff(n, ~N[2024-01-01 00:00:00]), NaiveDateTime.to_iso8601(n), NaiveDateTime.to_date(n), NaiveDateTime.from_iso8601("bad")])
    u = ~U[2024-05-06 07:08:09Z]
    IO.inspect([DateTime.to_unix(u), DateTime.from_unix!(1_700_000_000), DateTime.add(u, -3600), DateTime.to_iso8601(u), DateTime.from_iso8601("2024-05-06T07:08:09+02:00"), DateTime.diff(u, ~U[2024-05-06 00:00:00Z])])
    IO.inspect([Calendar.strftime(u, "%Y-%m-%d %H:%M:%S %A %B %j %p %I"), Calendar.ISO.valid_date?(2024, 2, 30), Calendar.strftime(d, "%a %b %y")])
    IO.inspect(Enum.sort([~D[2024-03-01], ~D[2023-12-31], ~D[2024-01-15]], Date))
    IO.puts("#{d} #{t} #{n} #{u}")
    IO.inspect([d, t, n, u, Date.range(d, d)])
    IO.inspect(DateTime.from_naive!(n, "Etc/UTC"))
    IO.inspect([is_integer(System.system_time()), is_integer(System.monotonic_time(:millisecond)), DateTime.utc_now().year > 2000, System.unique_integer([:positive]) > 0])
  end
end
