# SPDX-License-Identifier: Apache-2.0
# Agent and Task: state, async, await, yield, streams, timeouts, failures.
defmodule AgentsAndTasks do
  def main do
    {:ok, a} = Agent.start_link(fn -> %{} end)
    Agent.update(a, &Map.put(&1, :k, 1))
    IO.inspect(Agent.get(a, & &1))
    IO.inspect(Agent.get_and_update(a, fn s -> {s.k, %{s | k: s.k + 1}} end))
    Agent.cast(a, fn _ -> :replaced end)
    IO.inspect(Agent.get(a, & &1))
    IO.inspect(Agent.stop(a))
    t = Task.async(fn -> Enum.sum(1..100) end)
    IO.inspect(Task.await(t))
    IO.inspect(1..5 |> Enum.map(&Task.async(fn -> &1 * &1 end)) |> Task.await_many())
    IO.inspect(Task.async_stream(1..6, &(&1 * 10), max_concurrency: 2) |> Enum.to_list())
    IO.inspect(Task.async_stream([1, 2], fn x -> if x == 2, do: Process.sleep(:infinity), else: x end, timeout: 20, on_timeout: :kill_task) |> Enum.to_list())
    slow = Task.async(fn -> Process.sleep(:infinity) end)
    IO.inspect(Task.yield(slow, 5))
    IO.inspect(Task.shutdown(slow, :brutal_kill))
    q = Task.async(fn -> :quick end)
    IO.inspect(Task.yield(q, 1000))
    IO.inspect(Task.yield_many([Task.async(fn -> 1 end), Task.async(fn -> 2 end)], 1000) |> Enum.map(&elem(&1, 1)))
    Process.flag(:trap_exit, true)
    bad = Task.async(fn -> exit(:bad) end)
    try do Task.await(bad) catch :exit, {r, {Task, :await, _}} -> IO.inspect(r) end
    {:ok, sup} = Task.Supervisor.start_link()
    IO.inspect(Task.Supervisor.async(sup, fn -> :supervised end) |> Task.await())
    n = Task.Supervisor.async_nolink(sup, fn -> raise "nolink" end)
    IO.inspect(match?({:exit, {%RuntimeError{message: "nolink"}, _}}, Task.yield(n, 1000)))
    IO.inspect(Task.Supervisor.async_stream(sup, [3, 4], &(&1 + 1)) |> Enum.map(&elem(&1, 1)))
    {:ok, p} = Task.start(fn -> receive do {:go, to} -> send(to, :went) end end)
    send(p, {:go, self()})
    receive do :went -> IO.puts("went") end
    IO.inspect(Task.completed(7) |> Task.await())
  end
end
