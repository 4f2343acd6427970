# SPDX-License-Identifier: Apache-2.0
# skip-stress: waits for as long as a server takes at full speed
# Supervisor, DynamicSupervisor, Registry: start, restart, lookup, dispatch.
defmodule SupervisorsAndRegistry do
  defmodule Worker do
    use GenServer
    def start_link({name, parent}), do: GenServer.start_link(__MODULE__, {name, parent}, name: via(name))
    def via(name), do: {:via, Registry, {SupervisorsAndRegistry.Names, name}}
    def init({name, parent}) do
      send(parent, {:up, name})
      {:ok, name}
    end
    def handle_call(:who, _, n), do: {:reply, n, n}
    def handle_cast(:die, _), do: exit(:died)
  end

  def main do
    {:ok, _} = Registry.start_link(keys: :unique, name: SupervisorsAndRegistry.Names)
    me = self()
    children = for n <- [:a, :b], do: Supervisor.child_spec({Worker, {n, me}}, id: n)
    {:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
    IO.inspect([up(), up()])
    IO.inspect(GenServer.call(Worker.via(:a), :who))
    GenServer.cast(Worker.via(:a), :die)
    IO.inspect(up())
    IO.inspect(GenServer.call(Worker.via(:a), :who))
    IO.inspect(Supervisor.count_children(sup))
    IO.inspect(for {id, _, t, m} <- Supervisor.which_children(sup), do: {id, t, m})
    IO.inspect([Supervisor.terminate_child(sup, :b), gone(:b)])
    IO.inspect([elem(Supervisor.restart_child(sup, :b), 0), up(), Registry.count(SupervisorsAndRegistry.Names)])
    {:ok, d} = DynamicSupervisor.start_link(strategy: :one_for_one)
    for n <- 1..3, do: {:ok, _} = DynamicSupervisor.start_child(d, {Worker, {n, me}})
    IO.inspect([up(), up(), up(), DynamicSupervisor.count_children(d)])
    [{p, _}] = Registry.lookup(SupervisorsAndRegistry.Names, 2)
    IO.inspect(DynamicSupervisor.terminate_child(d, p))
    Process.sleep(5)
    IO.inspect(Registry.keys(SupervisorsAndRegistry.Names, p))
    IO.inspect(Registry.select(SupervisorsAndRegistry.Names, [{{:"$1", :_, :_}, [], [:"$1"]}]) |> Enum.sort())
    {:ok, _} = Registry.start_link(keys: :duplicate, name: SupervisorsAndRegistry.Topics)
    {:ok, _} = Registry.register(SupervisorsAndRegistry.Topics, "t", 1)
    {:ok, _} = Registry.register(SupervisorsAndRegistry.Topics, "t", 2)
    Registry.dispatch(SupervisorsAndRegistry.Topics, "t", fn es -> for {pid, v} <- es, do: send(pid, {:msg, v}) end)
    IO.inspect(Enum.sort([rec(), rec()]))
    IO.inspect(Registry.unregister(SupervisorsAndRegistry.Topics, "t"))
    IO.inspect(Registry.match(SupervisorsAndRegistry.Topics, "t", 1))
    IO.inspect(match?({:error, {:already_registered, _}}, (Registry.register(SupervisorsAndRegistry.Names, :mine, 1); Registry.register(SupervisorsAndRegistry.Names, :mine, 2))))
    IO.inspect(Registry.update_value(SupervisorsAndRegistry.Names, :mine, &(&1 + 10)))
    IO.inspect(Supervisor.stop(sup))
  end

  # The registry hears of an exit when it gets to it.
  defp gone(name) do
    case Registry.lookup(SupervisorsAndRegistry.Names, name) do
      [] -> []
      _ -> Process.sleep(1) && gone(name)
    end
  end

  defp up, do: receive(do: ({:up, n} -> n), after: (20000 -> :none))
  defp rec, do: receive(do: ({:msg, v} -> v), after: (20000 -> :none))
end
