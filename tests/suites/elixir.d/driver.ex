# SPDX-License-Identifier: Apache-2.0
# Runs ExUnit over compiled test modules, on stock Erlang and in a sandbox alike. Each test
# becomes one line of standard output, fields separated by tabs:
#
#   @@test  module  name  passed | failed | skipped | excluded | invalid  reason
#
# The last line is "@@done".
defmodule ApexSuite do
  # modules: what the test files define; those that have tests are found among them.
  def main(modules) do
    {:ok, _} = Application.ensure_all_started(:logger)
    if :code.is_loaded(Logger.Case), do: Logger.configure_backend(:console, colors: [enabled: false])

    ExUnit.start(
      autorun: false,
      seed: 0,
      max_cases: 1,
      timeout: 20_000,
      colors: [enabled: false],
      assert_receive_timeout: 1000,
      exclude: [windows: true, epmd: true],
      formatters: [ApexSuite.Formatter]
    )

    for module <- modules, Code.ensure_loaded?(module), function_exported?(module, :__ex_unit__, 0) do
      ExUnit.Server.add_sync_module(module)
    end

    ExUnit.Server.modules_loaded()
    ExUnit.run()
    IO.puts("\n@@done")
  end
end

defmodule ApexSuite.Formatter do
  use GenServer

  def init(_options), do: {:ok, nil}

  def handle_cast({:test_finished, test}, state) do
    {outcome, reason} = outcome(test)
    fields = ["@@test", inspect(test.module), to_string(test.name), outcome, one_line(reason)]
    IO.puts(["\n", Enum.intersperse(fields, "\t")])
    {:noreply, state}
  end

  def handle_cast(_event, state), do: {:noreply, state}

  defp outcome(%{state: nil}), do: {"passed", ""}
  defp outcome(%{state: {:skipped, reason}}), do: {"skipped", reason}
  defp outcome(%{state: {:excluded, reason}}), do: {"excluded", reason}
  defp outcome(%{state: {:invalid, _}}), do: {"invalid", "setup_all failed"}

  defp outcome(%{state: {:failed, failures}} = test) do
    {"failed",
     ExUnit.Formatter.format_test_failure(test, failures, 1, :infinity, fn _, text -> text end)}
  end

  defp one_line(text), do: text |> to_string() |> inspect(printable_limit: 20_000)
end
