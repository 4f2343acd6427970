# SPDX-License-Identifier: Apache-2.0
# Default arguments, captures, pipes, anonymous functions of several clauses, closures.
defmodule DefaultArgumentsAndCaptures do
  def greet(name, greeting \\ "Hello", opts \\ []), do: "#{greeting} #{name}#{if opts[:loud], do: "!", else: "."}"
  def many(a, b \\ 2, c, d \\ 4), do: {a, b, c, d}

  def main do
    IO.inspect([greet("A"), greet("A", "Hi"), greet("A", "Hi", loud: true)])
    IO.inspect([many(1, 3), many(1, 0, 3), many(1, 0, 3, 0)])
    IO.inspect(Enum.map(["x", "y"], &greet(&1, "Yo")))
    add = fn a -> fn b -> a + b end end
    IO.inspect([add.(1).(2), Enum.map(1..3, add.(10)), Enum.reduce(1..4, & &1 * &2)])
    f = fn
      0 -> :zero
      n when n < 0 -> {:negative, -n}
      n -> {:positive, n}
    end
    IO.inspect(Enum.map([-1, 0, 1], f))
    IO.inspect([&String.upcase/1, &greet/1] |> Enum.map(&Function.info(&1, :arity)))
    IO.inspect((&{&1, &2, &1}).(1, 2))
    IO.inspect((&"#{&1}-#{&2}").("a", "b"))
    IO.inspect((& &1[:k]).(k: 5))
    compose = fn fs -> Enum.reduce(fs, & &1, fn f, acc -> &(f.(acc.(&1))) end) end
    IO.inspect(compose.([&(&1 + 1), &(&1 * 2), &Integer.to_string/1]).(5))
    counter = Enum.reduce(1..3, fn -> 0 end, fn n, prev -> fn -> prev.() + n end end)
    IO.inspect(counter.())
    IO.inspect(apply(&max/2, [1, 2]))
    IO.inspect(apply(__MODULE__, :greet, ["Z"]))
    "a,b,c" |> String.split(",") |> Enum.map(&String.to_atom/1) |> Enum.with_index() |> Map.new() |> IO.inspect()
    import Enum, only: [map: 2, sum: 1]
    IO.inspect(1..3 |> map(&(&1 * &1)) |> sum())
    x = 1
    x = if true, do: x + 1, else: x
    g = fn -> x end
    x = 100
    IO.inspect({g.(), x})
  end
end
