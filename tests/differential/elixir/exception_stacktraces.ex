# SPDX-License-Identifier: Apache-2.0
# Stack traces of Elixir code: functions, clauses, files and lines.
defmodule ExceptionStacktraces do
  def main do
    for f <- [fn -> outer(1) end, fn -> Enum.map([1, 0], &(10 / &1)) end, fn -> %{a: 1} |> Map.fetch!(:b) |> to_string() end, fn -> clause(3) end, fn -> raise "message" end] do
      me = self()
      spawn(fn -> send(me, {:trace, trace(f)}) end)
      receive do
        {:trace, {kind, reason, stack}} ->
          IO.puts(Exception.format(kind, reason, stack))
      end
    end
  end

  defp trace(f) do
    f.()
  catch
    kind, reason -> {kind, Exception.normalize(kind, reason, __STACKTRACE__), __STACKTRACE__}
  end

  def outer(x) do
    y = inner(x, "arg")
    y + 1
  end

  defp inner(x, s) do
    z = x + String.length(s)
    String.to_integer("n#{z}") + 1
  end

  def clause(1), do: :one
  def clause(2), do: :two
end
