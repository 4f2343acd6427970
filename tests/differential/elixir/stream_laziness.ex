# SPDX-License-Identifier: Apache-2.0
# Stream: infinite streams, laziness seen through side effects, resources.
defmodule StreamLaziness do
  def main do
    IO.inspect(Stream.iterate(1, &(&1 * 2)) |> Stream.filter(&(rem(&1, 3) == 1)) |> Enum.take(6))
    IO.inspect(Stream.unfold({0, 1}, fn {a, b} -> {a, {b, a + b}} end) |> Enum.take(15))
    1..5 |> Stream.map(fn x -> IO.puts("map #{x}"); x * 2 end) |> Stream.filter(&(&1 > 4)) |> Enum.take(1) |> IO.inspect()
    IO.inspect(Stream.cycle([1, 2, 3]) |> Stream.zip(Stream.repeatedly(fn -> :r end)) |> Enum.take(4))
    r = Stream.resource(fn -> IO.puts("open"); 3 end, fn 0 -> {:halt, 0}; n -> {[n, n], n - 1} end, fn n -> IO.puts("close #{n}") end)
    IO.inspect(Enum.to_list(r))
    IO.inspect(Enum.take(r, 1))
    IO.inspect(Stream.transform(1..10, 0, fn x, acc -> if acc < 12, do: {[x + acc], acc + x}, else: {:halt, acc} end) |> Enum.to_list())
    IO.inspect(Stream.chunk_every(1..7, 3) |> Enum.to_list())
    IO.inspect(Stream.dedup([1, 1, 2]) |> Stream.concat([9]) |> Stream.with_index() |> Enum.to_list())
    IO.inspect(Stream.take_while(1..10, &(&1 < 4)) |> Stream.flat_map(&[&1, -&1]) |> Enum.reverse())
    IO.inspect([Stream.uniq([1, 2, 1]) |> Enum.to_list(), Stream.scan(1..4, &*/2) |> Enum.to_list(), Stream.drop(1..5, 3) |> Enum.to_list(), Stream.take(1..5, -2) |> Enum.to_list(), Stream.intersperse(1..3, 0) |> Enum.to_list()])
    try do
      Stream.resource(fn -> 0 end, fn _ -> raise "in stream" end, fn _ -> IO.puts("closed after error") end) |> Enum.to_list()
    rescue
      e -> IO.inspect(e)
    end
    IO.inspect(Stream.map([1], & &1) |> inspect() |> String.starts_with?("#Stream<"))
    IO.inspect(Stream.zip_with([1..3, 4..6], fn [a, b] -> a * b end) |> Enum.sum())
  end
end
