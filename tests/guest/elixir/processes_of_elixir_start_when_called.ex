# A program may be the first to call the servers of the application elixir.
#
# expect: true
# expect: true
# expect: {:ok, #Reference<>}
defmodule ProcessesOfElixirStartWhenCalled do
  def main do
    IO.inspect(is_pid(Process.whereis(:elixir_config)))
    IO.inspect(is_pid(Process.whereis(:elixir_code_server)))
    {:ok, ref} = {:ok, Process.monitor(Logger)}
    true = is_reference(ref)
    IO.puts("{:ok, #Reference<>}")
  end
end
