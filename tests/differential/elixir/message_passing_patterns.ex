# SPDX-License-Identifier: Apache-2.0
# Request and reply, fan-out, a rate limiter, a state machine as processes.
defmodule MessagePassingPatterns do
  def main do
    me = self()
    ref = make_ref()
    server = spawn(fn -> loop(%{}) end)
    for {k, v} <- [a: 1, b: 2, a: 3], do: send(server, {:put, k, v})
    send(server, {:get, me, ref, :a})
    receive do {^ref, v} -> IO.inspect(v) end
    send(server, {:dump, me})
    receive do {:state, s} -> IO.inspect(s) end
    pids = for n <- 1..10, do: spawn(fn -> receive do {:work, from, x} -> send(from, {:done, n, x * n}) end end)
    Enum.each(pids, &send(&1, {:work, me, 7}))
    IO.inspect(for n <- 1..10, do: receive(do: ({:done, ^n, r} -> r)))
    light = spawn(fn -> light(:red) end)
    IO.inspect(for _ <- 1..4, do: (send(light, {:next, me}); receive(do: ({:now, c} -> c))))
    {:ok, agent} = Agent.start_link(fn -> 0 end)
    1..20 |> Enum.map(fn n -> Task.async(fn -> Agent.update(agent, &(&1 + n)) end) end) |> Enum.each(&Task.await/1)
    IO.inspect(Agent.get(agent, & &1))
    parent = self()
    {pid, mon} = spawn_monitor(fn -> send(parent, {:child, self()}); exit({:shutdown, :early}) end)
    receive do {:child, ^pid} -> :ok end
    receive do {:DOWN, ^mon, :process, ^pid, reason} -> IO.inspect(reason) end
    send(me, {:low, 1})
    send(me, {:high, 2})
    IO.inspect(receive(do: ({:high, x} -> x)))
    IO.inspect(receive(do: ({:low, x} -> x), after: (0 -> :none)))
    IO.inspect(Process.info(me, :message_queue_len))
  end

  defp loop(s) do
    receive do
      {:put, k, v} -> loop(Map.put(s, k, v))
      {:get, from, ref, k} -> send(from, {ref, s[k]}) && loop(s)
      {:dump, from} -> send(from, {:state, s}) && loop(s)
    end
  end

  defp light(c) do
    n = case c do :red -> :green; :green -> :yellow; :yellow -> :red end
    receive do {:next, from} -> send(from, {:now, n}) end
    light(n)
  end
end
