# SPDX-License-Identifier: Apache-2.0
# Own implementations of Enumerable and Collectable, Access behaviour.
defmodule CollectableEnumerable do
  defmodule Bag do
    defstruct items: %{}
    @behaviour Access
    def fetch(b, k), do: Map.fetch(b.items, k)
    def get_and_update(b, k, f) do
      {g, n} = Map.get_and_update(b.items, k, f)
      {g, %{b | items: n}}
    end
    def pop(b, k) do
      {v, n} = Map.pop(b.items, k)
      {v, %{b | items: n}}
    end
    defimpl Collectable do
      def into(b) do
        {b, fn b, {:cont, x} -> %{b | items: Map.update(b.items, x, 1, &(&1 + 1))}; b, :done -> b; _, :halt -> :ok end}
      end
    end
    defimpl Enumerable do
      def count(b), do: {:ok, b.items |> Map.values() |> Enum.sum()}
      def member?(b, x), do: {:ok, Map.has_key?(b.items, x)}
      def slice(_), do: {:error, __MODULE__}
      def reduce(b, acc, f), do: Enumerable.List.reduce(Enum.flat_map(Enum.sort(b.items), fn {k, n} -> List.duplicate(k, n) end), acc, f)
    end
    defimpl Inspect do
      def inspect(b, _), do: "#Bag<#{Enum.join(b, " ")}>"
    end
  end

  def main do
    b = Enum.into([3, 1, 3, 2], %Bag{})
    IO.inspect(b)
    IO.inspect([Enum.count(b), 3 in b, 9 in b, Enum.to_list(b), Enum.map(b, & &1 * 2), Enum.at(b, 1), Enum.slice(b, 1, 2), Enum.zip(b, b) |> length(), Enum.take(b, 2)])
    IO.inspect([b[3], b[9], put_in(b[7], 2), elem(pop_in(b[3]), 1), update_in(b[1], &(&1 + 4))])
    IO.inspect(for x <- b, x > 1, into: %Bag{}, do: x - 1)
    IO.inspect(Stream.map(b, & &1) |> Stream.take(3) |> Enum.into(MapSet.new()))
    IO.inspect(Enum.reduce_while(b, [], fn 3, a -> {:halt, a}; x, a -> {:cont, [x | a]} end))
    IO.inspect(Enum.zip_with([b, 1..2], fn [a, c] -> a * c end))
  end
end
