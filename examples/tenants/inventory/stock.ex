# SPDX-License-Identifier: Apache-2.0
# What is in the warehouse.
defmodule Inventory.Stock do
  use GenServer
  alias Inventory.Item

  # `catalogue` gives the items to begin with.
  def start_link(catalogue), do: GenServer.start_link(__MODULE__, catalogue, name: name())

  def move(movement), do: GenServer.call(name(), movement)
  def items, do: GenServer.call(name(), :items)
  def total, do: items() |> Enum.map(& &1.quantity) |> Enum.sum()

  defp name, do: {:via, Registry, {Inventory.Names, __MODULE__}}

  @impl true
  def init(catalogue), do: {:ok, Map.new(catalogue.(), &{&1.name, &1})}

  @impl true
  def handle_call(:items, _from, stock) do
    {:reply, stock |> Map.values() |> Enum.sort_by(& &1.name), stock}
  end

  def handle_call({kind, name, count}, _from, stock) do
    with {:ok, item} <- fetch(stock, name),
         {:ok, changed} <- Item.change(item, if(kind == :add, do: count, else: -count)) do
      {:reply, {:ok, changed}, Map.put(stock, name, changed)}
    else
      {:error, _} = error -> {:reply, error, stock}
    end
  end

  defp fetch(stock, name) do
    case stock do
      %{^name => item} -> {:ok, item}
      %{} -> {:error, :unknown}
    end
  end
end
