# SPDX-License-Identifier: Apache-2.0
# Streams over generated data: windows, joins, batching, early stops, side effects in order.
defmodule StreamProcessing do
  def main do
    rand = Stream.iterate(12345, &rem(&1 * 48271, 2_147_483_647))
    IO.inspect(rand |> Stream.map(&rem(&1, 100)) |> Stream.chunk_every(5, 5) |> Stream.map(&Enum.sum/1) |> Enum.take(10))
    IO.inspect(rand |> Stream.drop(10) |> Stream.filter(&(rem(&1, 7) == 0)) |> Stream.with_index() |> Enum.at(20))
    IO.inspect(1..20 |> Stream.chunk_while([], fn x, acc -> if rem(x, 6) == 0, do: {:cont, Enum.reverse([x | acc]), []}, else: {:cont, [x | acc]} end, fn acc -> {:cont, Enum.reverse(acc), []} end) |> Enum.to_list())
    IO.inspect(Stream.zip([1..3, [:a, :b, :c], Stream.cycle(["x"])]) |> Enum.to_list())
    fizz = Stream.cycle([nil, nil, "Fizz"]); buzz = Stream.cycle([nil, nil, nil, nil, "Buzz"])
    IO.puts(Stream.zip(fizz, buzz) |> Stream.zip(1..20) |> Enum.map_join(" ", fn {{f, b}, n} -> if f || b, do: "#{f}#{b}", else: n end))
    primes = Stream.unfold({2, []}, fn {n, ps} -> next = next_prime(n, ps); {next, {next + 1, ps ++ [next]}} end)
    IO.inspect(Enum.take(primes, 15))
    IO.inspect(1..10 |> Stream.each(&(&1 == 3 && IO.puts("three"))) |> Enum.take(4))
    IO.inspect(Stream.flat_map(1..3, &Stream.duplicate(&1, &1)) |> Enum.to_list())
    {:ok, pid} = Agent.start_link(fn -> [] end)
    1..5 |> Stream.map(&Agent.update(pid, fn l -> [{:map, &1} | l] end) && &1) |> Stream.filter(fn x -> Agent.update(pid, fn l -> [{:filter, x} | l] end); rem(x, 2) == 0 end) |> Enum.take(1)
    IO.inspect(Agent.get(pid, &Enum.reverse/1))
    IO.inspect(Stream.run(Stream.take(1..3, 2)))
    IO.inspect(Stream.dedup_by([1, 3, 2, 4, 5], &rem(&1, 2)) |> Enum.to_list())
    IO.inspect(Stream.take_every(1..10, 3) |> Stream.reject(&(&1 == 4)) |> Enum.into(MapSet.new()))
    IO.inspect(Enum.zip_reduce([1..3, 4..6], [], fn [a, b], acc -> [a * b | acc] end))
    IO.inspect(Stream.transform(1..5, fn -> 0 end, fn x, acc -> {[acc + x], acc + x} end, fn acc -> IO.puts("after #{acc}") end) |> Enum.to_list())
  end

  defp next_prime(n, ps), do: if(Enum.any?(ps, &(rem(n, &1) == 0)), do: next_prime(n + 1, ps), else: n)
end
