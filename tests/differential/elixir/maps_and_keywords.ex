# SPDX-License-Identifier: Apache-2.0
# Map, MapSet, Keyword and access functions.
defmodule MapsAndKeywords do
  def main do
    m = %{"b" => 2, "a" => 1, "c" => 3}
    IO.inspect([Map.keys(m), Map.values(m), Map.get(m, "a"), Map.get(m, "z", 0), Map.fetch(m, "a"), Map.fetch(m, "z"), Map.has_key?(m, "a")])
    IO.inspect([Map.put(m, "d", 4), Map.put_new(m, "a", 9), Map.delete(m, "a"), Map.drop(m, ["a", "b"]), Map.take(m, ["a"]), Map.pop(m, "a"), Map.pop(m, "z", :none)])
    IO.inspect([Map.update(m, "a", 0, &(&1 + 1)), Map.update(m, "z", 0, &(&1 + 1)), Map.update!(m, "a", &(&1 * 10)), Map.merge(m, %{"a" => 0}), Map.merge(m, %{"a" => 5}, fn _, x, y -> x + y end)])
    IO.inspect([Map.new([1, 2], &{&1, &1 * &1}), Map.filter(m, fn {_, v} -> v > 1 end), Map.reject(m, fn {_, v} -> v > 1 end), Map.split(m, ["a"]), Map.to_list(m), Map.from_keys([1, 2], :x)])
    IO.inspect([%{m | "a" => 100}, get_in(%{a: %{b: [1]}}, [:a, :b]), put_in(%{a: %{b: 1}}, [:a, :b], 2), update_in(%{a: %{b: 1}}, [:a, :b], &(&1 + 1)), pop_in(%{a: %{b: 1}}, [:a, :b])])
    IO.inspect([get_in([%{n: 1}, %{n: 2}], [Access.all(), :n]), get_in(%{l: [1, 2, 3]}, [:l, Access.at(1)]), update_in(%{a: [%{b: 1}]}, [:a, Access.all(), :b], &(&1 + 1)), get_in(%{t: {1, 2}}, [:t, Access.elem(0)]), get_in([1, 2, 3, 4], [Access.filter(&(&1 > 2))])])
    k = [a: 1, b: 2, a: 3]
    IO.inspect([k[:a], Keyword.get_values(k, :a), Keyword.put(k, :a, 9), Keyword.delete(k, :a), Keyword.keys(k), Keyword.merge(k, b: 5, c: 6), Keyword.pop(k, :b), Keyword.has_key?(k, :z)])
    IO.inspect([Keyword.validate([a: 1], [:a, b: 2]), Keyword.validate([z: 1], [:a]), Keyword.keyword?(k), Keyword.keyword?([1]), Keyword.split(k, [:a]), Keyword.update(k, :b, 0, &(&1 * 7)), Keyword.new([{:x, 1}])])
    s = MapSet.new([3, 1, 2, 3])
    IO.inspect([MapSet.size(s), MapSet.member?(s, 2), MapSet.to_list(MapSet.union(s, MapSet.new([9]))), MapSet.to_list(MapSet.difference(s, MapSet.new([1]))), MapSet.subset?(MapSet.new([1]), s), MapSet.equal?(s, MapSet.new([1, 2, 3])), s])
    for f <- [fn -> Map.fetch!(m, "z") end, fn -> %{m | "z" => 1} end, fn -> Map.update!(m, "z", & &1) end, fn -> Keyword.fetch!(k, :z) end, fn -> Map.get(5, :a) end, fn -> m.a end, fn -> %{a: 1}.b end, fn -> Map.new([1]) end] do
      try do
        IO.inspect(f.())
      rescue
        e -> IO.puts("#{inspect(e.__struct__)}: #{Exception.message(e) |> String.split("\n") |> hd()}")
      end
    end
  end
end
