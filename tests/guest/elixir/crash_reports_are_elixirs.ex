# A program that does not use Logger has its crash reports on standard error, as Elixir writes them.
#
# expect: down
# stderr: [error] Process #PID<
# stderr: ** (RuntimeError) boom
# stderr:     tests/guest/elixir/crash_reports_are_elixirs.ex:9: anonymous fn/0 in CrashReportsAreElixirs.main/0
defmodule CrashReportsAreElixirs do
  def main do
    {pid, ref} = spawn_monitor(fn -> raise "boom" end)
    receive do: ({:DOWN, ^ref, _, ^pid, _} -> IO.puts("down"))
  end
end
