# SPDX-License-Identifier: Apache-2.0
# Enum: the everyday functions on lists, ranges and maps.
defmodule EnumBasics do
  def main do
    l = [5, 3, 8, 1, 9, 2, 8]
    IO.inspect([Enum.map(l, &(&1 * 2)), Enum.filter(l, &(&1 > 4)), Enum.reject(l, &(&1 > 4)), Enum.reduce(l, &+/2), Enum.reduce(l, 100, &-/2)])
    IO.inspect([Enum.sort(l), Enum.sort(l, :desc), Enum.sort_by(l, &rem(&1, 3)), Enum.uniq(l), Enum.dedup([1, 1, 2, 2, 1]), Enum.reverse(l)])
    IO.inspect([Enum.sum(l), Enum.product([1, 2, 3]), Enum.count(l), Enum.count(l, &(&1 == 8)), Enum.min(l), Enum.max(l), Enum.min_max(l)])
    IO.inspect([Enum.take(l, 2), Enum.take(l, -2), Enum.drop(l, 2), Enum.drop(l, -2), Enum.slice(l, 1..3), Enum.slice(l, 2, 2), Enum.split(l, 3)])
    IO.inspect([Enum.at(l, 2), Enum.at(l, -1), Enum.at(l, 99), Enum.at(l, 99, :none), Enum.fetch(l, 0), Enum.fetch(l, 50), Enum.find(l, &(&1 > 7)), Enum.find_index(l, &(&1 > 7))])
    IO.inspect([Enum.all?(l), Enum.any?(l, &(&1 > 8)), Enum.member?(l, 9), 9 in l, Enum.empty?([])])
    IO.inspect([Enum.chunk_every(l, 3), Enum.chunk_every(l, 3, 1, :discard), Enum.chunk_every(l, 3, 3, [0, 0]), Enum.chunk_by(l, &(&1 > 4))])
    IO.inspect([Enum.zip(l, [:a, :b]), Enum.zip([[1, 2], [3, 4], [5, 6]]), Enum.unzip([{1, :a}, {2, :b}]), Enum.with_index([:x, :y]), Enum.with_index([:x], 5)])
    IO.inspect([Enum.group_by(l, &rem(&1, 3)), Enum.frequencies(l), Enum.frequencies_by(l, &(&1 > 4)), Enum.map_join([1, 2], "-", &to_string/1), Enum.join(l, ",")])
    IO.inspect([Enum.flat_map([1, 2], &[&1, &1]), Enum.concat([[1], [2]]), Enum.concat(1..2, [9]), Enum.into([a: 1], %{}), Enum.into(%{a: 1}, [])])
    IO.inspect([Enum.scan(1..5, &+/2), Enum.map_reduce(1..3, 0, &{&1 * 2, &1 + &2}), Enum.flat_map_reduce(1..3, 0, &{[&1, &2], &1 + &2})])
    IO.inspect([Enum.intersperse([1, 2, 3], 0), Enum.take_while(l, &(&1 > 2)), Enum.drop_while(l, &(&1 > 2)), Enum.split_while(l, &(&1 > 2)), Enum.split_with(l, &(&1 > 4))])
    IO.inspect([Enum.reduce_while(1..100, 0, fn x, a -> if a > 20, do: {:halt, a}, else: {:cont, a + x} end), Enum.max_by(["a", "bbb"], &String.length/1), Enum.min_by([3, -5], &abs/1)])
    IO.inspect([Enum.take_every(1..10, 3), Enum.drop_every(1..10, 3), Enum.map_every(1..6, 2, &(&1 * 10)), Enum.zip_with([1, 2], [3, 4], &*/2), Enum.zip_reduce([1, 2], [3, 4], 0, &(&1 * &2 + &3))])
    IO.inspect(Enum.chunk_while(1..7, [], fn x, acc -> if rem(x, 3) == 0, do: {:cont, Enum.reverse([x | acc]), []}, else: {:cont, [x | acc]} end, &{:cont, &1, []}))
    IO.inspect(Enum.slide([:a, :b, :c, :d], 0, 2))
  end
end
