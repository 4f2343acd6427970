# SPDX-License-Identifier: Apache-2.0
# A shop: structs, protocols, pipelines, with, reduce and formatted output.
defmodule PolymorphicPipeline do
  defmodule Item do
    defstruct [:name, price: 0, tags: []]
  end

  defmodule Cart do
    defstruct items: %{}, coupon: nil

    def add(%Cart{items: items} = cart, %Item{} = item, n \\ 1) when n > 0 do
      %{cart | items: Map.update(items, item, n, &(&1 + n))}
    end

    def total(%Cart{items: items, coupon: coupon}) do
      items |> Enum.map(fn {%Item{price: p}, n} -> p * n end) |> Enum.sum() |> discount(coupon)
    end

    defp discount(sum, nil), do: sum
    defp discount(sum, {:percent, p}), do: sum - div(sum * p, 100)
    defp discount(sum, {:minus, n}) when n <= sum, do: sum - n
    defp discount(_, _), do: 0
  end

  defprotocol Describe do
    def describe(x)
  end

  defimpl Describe, for: Item do
    def describe(%{name: n, price: p, tags: t}), do: "#{n} #{Float.round(p / 100, 2)} [#{Enum.join(t, " ")}]"
  end

  defimpl Describe, for: Cart do
    def describe(c), do: c.items |> Enum.map(fn {i, n} -> "#{n} x #{Describe.describe(i)}" end) |> Enum.sort() |> Enum.join("; ")
  end

  defimpl Describe, for: [Tuple, List] do
    def describe(x), do: "#{inspect(@for)} #{inspect(x)}"
  end

  def main do
    [a, b, c] = for {n, p, t} <- [{"pen", 150, [:office]}, {"book", 2499, [:paper, :read]}, {"cup", 799, []}], do: %Item{name: n, price: p, tags: t}
    cart = %Cart{} |> Cart.add(a, 3) |> Cart.add(b) |> Cart.add(a) |> Cart.add(c, 2)
    IO.puts(Describe.describe(cart))
    IO.inspect(for k <- [nil, {:percent, 15}, {:minus, 500}, {:minus, 99_999}], do: Cart.total(%{cart | coupon: k}))
    IO.puts(Describe.describe({1, "a"}) <> Describe.describe([b: 2]))
    try do
      Describe.describe(1.5)
    rescue
      e in Protocol.UndefinedError -> IO.puts(Exception.message(e))
    end
    try do
      Cart.add(cart, a, 0)
    rescue
      e in FunctionClauseError -> IO.inspect({e.module, e.function, e.arity})
    end
    IO.inspect(cart.items |> Map.keys() |> Enum.map(& &1.name) |> Enum.sort())
    IO.inspect(Enum.group_by([a, b, c], &(&1.price > 500), & &1.name))
  end
end
