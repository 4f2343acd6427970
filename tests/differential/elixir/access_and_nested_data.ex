# SPDX-License-Identifier: Apache-2.0
# Nested updates through maps, keywords, structs and lists; dynamic keys.
defmodule AccessAndNestedData do
  defmodule Node do
    defstruct value: nil, children: []
  end

  def main do
    data = %{users: [%{name: "a", roles: [:x]}, %{name: "b", roles: []}], meta: %{count: 2, tags: [k: 1]}}
    IO.inspect(get_in(data, [:users, Access.at(0), :name]))
    IO.inspect(put_in(data, [:users, Access.at(1), :roles], [:y]) |> get_in([:users, Access.all(), :roles]))
    IO.inspect(update_in(data.meta.count, &(&1 + 1)).meta)
    IO.inspect(data[:meta][:tags][:k])
    IO.inspect(pop_in(data, [:users, Access.all(), :roles]))
    IO.inspect(get_and_update_in(data, [:meta, :count], &{&1, &1 * 10}) |> elem(0))
    IO.inspect(update_in(data, [:users, Access.filter(&(&1.name == "b")), :name], &String.upcase/1).users)
    tree = %Node{value: 1, children: [%Node{value: 2, children: [%Node{value: 4}]}, %Node{value: 3}]}
    IO.inspect([sum(tree), depth(tree), tree |> map(&(&1 * 10)) |> values()])
    IO.inspect(put_in(tree, [Access.key(:children), Access.at(0), Access.key(:value)], :changed).children |> hd())
    k = :dynamic
    m = %{k => 1, "#{k}_2" => 2}
    %{^k => v} = m
    IO.inspect({m, v})
    IO.inspect(Enum.reduce([:a, :b, :c], %{}, fn key, acc -> put_in(acc, [key], map_size(acc)) end))
    IO.inspect(get_in(%{}, [:a, :b, :c]))
    IO.inspect(get_in(nil, [:a]))
    IO.inspect(Map.get_lazy(%{}, :x, fn -> :lazy end))
    IO.inspect(%{a: %{b: 1}} |> Map.update!(:a, &Map.put(&1, :c, 2)))
    try do
      put_in(%{}, [:a, :b], 1)
    rescue
      e -> IO.inspect(e.__struct__)
    end
  end

  defp sum(%Node{value: v, children: c}), do: v + (c |> Enum.map(&sum/1) |> Enum.sum())
  defp depth(%Node{children: []}), do: 1
  defp depth(%Node{children: c}), do: 1 + (c |> Enum.map(&depth/1) |> Enum.max())
  defp map(%Node{value: v, children: c}, f), do: %Node{value: f.(v), children: Enum.map(c, &map(&1, f))}
  defp values(%Node{value: v, children: c}), do: [v | Enum.flat_map(c, &values/1)]
end
