# SPDX-License-Identifier: Apache-2.0
# with, for with filters, into, uniq, reduce, bitstring generators; cond, case, guards.
defmodule WithAndComprehensions do
  require Integer
  defguard is_small(x) when is_integer(x) and x in 0..9

  def main do
    for i <- [%{a: 1, b: 2}, %{a: 1}, %{a: "x", b: 1}, %{}] do
      r = with {:ok, a} <- Map.fetch(i, :a), true <- is_integer(a), {:ok, b} when b > 1 <- Map.fetch(i, :b), s = a + b do
        {:sum, s}
      else
        :error -> :missing
        false -> :no_integer
        other -> {:other, other}
      end
      IO.inspect(r)
    end
    IO.inspect(with({:ok, x} <- {:error, 1}, do: x))
    IO.inspect(for x <- 1..4, y <- x..4, rem(x + y, 2) == 0, do: {x, y})
    IO.inspect(for {k, v} when v > 1 <- [a: 1, b: 2, c: 3], into: %{}, do: {v, k})
    IO.inspect(for <<r::4, g::4 <- <<0x12, 0x34>> >>, do: r + g)
    IO.inspect(for c <- ["a", "b"], into: "", do: c <> c)
    IO.inspect(for x <- [1, 2, 1, 3], uniq: true, do: x * x)
    IO.inspect(for x <- 1..5, reduce: 0 do acc -> acc + x end)
    IO.inspect(for {:ok, x} <- [{:ok, 1}, :error, {:ok, 2}], do: x)
    IO.inspect(for x <- [1, 2], y = x * 10, y > 10, do: y)
    IO.inspect(for n <- [1, 15, "s", 4.0, -1], do: class(n))
    IO.inspect(for x <- [nil, false, 0, "", []], do: if(x, do: 1, else: 0))
    IO.inspect([1 && 2, nil || 3, false || nil, nil && 1, !nil, not true, 1 in [1, 2], 3 not in 1..2])
    IO.inspect(Enum.map(1..15, fn n -> case {rem(n, 3), rem(n, 5)} do {0, 0} -> :fizzbuzz; {0, _} -> :fizz; {_, 0} -> :buzz; _ -> n end end))
    {a, [b | _] = l, %{k: c}, <<d, rest::binary>>} = {1, [2, 3], %{k: 4, z: 5}, "xyz"}
    IO.inspect({a, b, l, c, d, rest})
    ^a = 1
    IO.inspect(match?({^a, _}, {1, 2}))
    IO.inspect((fn [h | t], x when is_small(x) -> {h, t, x}; _, x -> x end).([1, 2], 5))
  end

  defp class(n) when is_small(n), do: :small
  defp class(n) when Integer.is_odd(n) and n > 0, do: :odd
  defp class(n) when is_binary(n) or is_float(n), do: :no_integer
  defp class(n), do: cond(do: (n < 0 -> :negative; true -> :other))
end
