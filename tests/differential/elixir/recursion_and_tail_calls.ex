# SPDX-License-Identifier: Apache-2.0
# Recursion, accumulators, mutual recursion, deep non-tail recursion, big numbers.
defmodule RecursionAndTailCalls do
  def main do
    IO.inspect([fact(25), fib(80), sum(Enum.to_list(1..100_000)), even?(100_000), collatz(27), ackermann(2, 5)])
    IO.inspect(hanoi(5, :a, :b, :c) |> length())
    IO.inspect(permutations([1, 2, 3]))
    IO.inspect(flatten([1, [2, [3, [4, []]]], 5]))
    IO.inspect(deep(200_000))
    IO.inspect(quicksort([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]))
    IO.inspect(mergesort(Enum.map(1..50, &rem(&1 * 37, 101))))
    IO.inspect(Integer.to_string(pow(7, 77)))
    IO.inspect(primes(60))
    IO.inspect((fn f, n -> f.(f, n, 1) end).(fn _, 0, acc -> acc; f, n, acc -> f.(f, n - 1, acc * n) end, 10))
    loop(1_000_000)
  end

  defp fact(0), do: 1
  defp fact(n), do: n * fact(n - 1)
  defp fib(n, a \\ 0, b \\ 1)
  defp fib(0, a, _), do: a
  defp fib(n, a, b), do: fib(n - 1, b, a + b)
  defp sum([]), do: 0
  defp sum([h | t]), do: h + sum(t)
  defp even?(0), do: true
  defp even?(n), do: odd?(n - 1)
  defp odd?(0), do: false
  defp odd?(n), do: even?(n - 1)
  defp collatz(n, s \\ 0)
  defp collatz(1, s), do: s
  defp collatz(n, s) when rem(n, 2) == 0, do: collatz(div(n, 2), s + 1)
  defp collatz(n, s), do: collatz(3 * n + 1, s + 1)
  defp ackermann(0, n), do: n + 1
  defp ackermann(m, 0), do: ackermann(m - 1, 1)
  defp ackermann(m, n), do: ackermann(m - 1, ackermann(m, n - 1))
  defp hanoi(0, _, _, _), do: []
  defp hanoi(n, a, b, c), do: hanoi(n - 1, a, c, b) ++ [{a, c} | hanoi(n - 1, b, a, c)]
  defp permutations([]), do: [[]]
  defp permutations(l), do: for(h <- l, t <- permutations(l -- [h]), do: [h | t])
  defp flatten([]), do: []
  defp flatten([h | t]) when is_list(h), do: flatten(h) ++ flatten(t)
  defp flatten([h | t]), do: [h | flatten(t)]
  defp deep(0), do: 0
  defp deep(n), do: 1 + deep(n - 1)
  defp quicksort([]), do: []
  defp quicksort([p | r]), do: quicksort(for(x <- r, x < p, do: x)) ++ [p] ++ quicksort(for(x <- r, x >= p, do: x))
  defp mergesort(l) when length(l) < 2, do: l
  defp mergesort(l) do
    {a, b} = Enum.split(l, div(length(l), 2))
    merge(mergesort(a), mergesort(b))
  end
  defp merge([], b), do: b
  defp merge(a, []), do: a
  defp merge([x | a], [y | _] = b) when x <= y, do: [x | merge(a, b)]
  defp merge(a, [y | b]), do: [y | merge(a, b)]
  defp pow(_, 0), do: 1
  defp pow(x, n), do: x * pow(x, n - 1)
  defp primes(n), do: Enum.reduce(2..n, [], fn x, ps -> if Enum.any?(ps, &(rem(x, &1) == 0)), do: ps, else: ps ++ [x] end)
  defp loop(0), do: IO.puts("done")
  defp loop(n), do: loop(n - 1)
end
