# SPDX-License-Identifier: Apache-2.0
# A warehouse and its review desk: stock movements go through a supervised GenServer,
# customers' remarks are analysed by tasks, and both end up in one report.
defmodule Inventory do
  alias Inventory.{Item, Stock, Remarks, Report}

  def main do
    children = [
      {Registry, keys: :unique, name: Inventory.Names},
      {Stock, &__MODULE__.catalogue/0},
      {Agent, fn -> [] end} |> Supervisor.child_spec(id: :journal)
    ]

    {:ok, supervisor} = Supervisor.start_link(children, strategy: :one_for_one)
    journal = child(supervisor, :journal)

    movements()
    |> Task.async_stream(&move(&1, journal), max_concurrency: 8, ordered: true)
    |> Enum.each(fn {:ok, _} -> :ok end)

    words = Remarks.texts() |> Remarks.count()
    refused = Agent.get(journal, &length/1)

    Report.print(Stock.items(), words, refused)
    demonstrate_restart(supervisor)
    Supervisor.stop(supervisor)
  end

  def catalogue do
    for {name, quantity, cents} <- [{"bolt M8", 4_000, 12}, {"bearing 608", 150, 289},
                                    {"résistance 4k7", 900, 3}, {"歯車 20T", 75, 1_450},
                                    {"wire red 10 m", 60, 799}] do
      %Item{name: name, quantity: quantity, price: cents}
    end
  end

  # Additions and removals that come out the same in whatever order they are done.
  defp movements do
    names = Enum.map(catalogue(), & &1.name)

    for n <- 1..600, into: [] do
      name = Enum.at(names, rem(n * 7, length(names)))
      if rem(n, 3) == 0, do: {:remove, name, 1 + rem(n, 2)}, else: {:add, name, rem(n, 4)}
    end ++ [{:remove, "bearing 608", 1_000_000}, {:remove, "no such thing", 1}]
  end

  defp move(movement, journal) do
    case Stock.move(movement) do
      {:ok, _item} -> :ok
      {:error, reason} -> Agent.update(journal, &[{movement, reason} | &1])
    end
  end

  defp child(supervisor, id) do
    {^id, pid, _, _} = List.keyfind(Supervisor.which_children(supervisor), id, 0)
    pid
  end

  defp demonstrate_restart(supervisor) do
    pid = child(supervisor, Stock)
    ref = Process.monitor(pid)
    Process.exit(pid, :kill)
    receive do: ({:DOWN, ^ref, :process, ^pid, :killed} -> :ok)
    wait_for_restart(pid)
    IO.puts("  after a kill the stock starts again from the catalogue: #{Stock.total()} pieces")
  end

  defp wait_for_restart(old) do
    case Registry.lookup(Inventory.Names, Stock) do
      [{pid, _}] when pid != old -> :ok
      _ -> Process.sleep(1) && wait_for_restart(old)
    end
  end
end
