# SPDX-License-Identifier: Apache-2.0
# Structs, protocols with fallback and derivation, behaviours.
defmodule StructsAndProtocols do
  defprotocol Area do
    @fallback_to_any true
    def area(shape)
    def name(shape)
  end

  defmodule Circle do
    @derive {Inspect, only: [:r]}
    defstruct r: 1, secret: "hidden"
  end

  defmodule Rect do
    @enforce_keys [:w]
    defstruct [:w, h: 2]
  end

  defmodule Point do
    defstruct x: 0, y: 0
  end

  defimpl Area, for: Circle do
    def area(c), do: 3 * c.r * c.r
    def name(_), do: "circle"
  end

  defimpl Area, for: Rect do
    def area(%{w: w, h: h}), do: w * h
    def name(_), do: "rect"
  end

  defimpl Area, for: [Integer, Float] do
    def area(n), do: n
    def name(_), do: "number"
  end

  defimpl Area, for: Any do
    def area(_), do: 0
    def name(x), do: "any #{inspect(x)}"
  end

  defimpl Inspect, for: Point do
    import Inspect.Algebra
    def inspect(p, opts), do: concat(["#Point<", to_doc(p.x, opts), ",", to_doc(p.y, opts), ">"])
  end

  defimpl String.Chars, for: Point do
    def to_string(p), do: "(#{p.x}, #{p.y})"
  end

  defmodule Shape do
    @callback sides() :: integer
    @callback describe(term) :: String.t()
    @optional_callbacks describe: 1
  end

  defmodule Square do
    @behaviour Shape
    @impl true
    def sides, do: 4
  end

  def main do
    for s <- [%Circle{r: 2}, %Rect{w: 3}, 5, 2.5, "str", %Point{}, nil, [1], {2}, self: 1] do
      IO.inspect({Area.area(s), Area.name(s)})
    end
    IO.inspect([%Circle{}, %Rect{w: 1}, %Point{x: 1, y: %Point{}}])
    IO.puts("point #{%Point{x: 3, y: 4}}")
    p = %Point{x: 1}
    IO.inspect(%{p | y: 7})
    IO.inspect(Map.from_struct(%Rect{w: 9}))
    IO.inspect([is_struct(p), is_struct(p, Point), is_struct(p, Rect), is_map(p), p.__struct__])
    %Point{x: x} = p
    IO.inspect(x)
    IO.inspect(struct(Rect, w: 5, zzz: 1))
    IO.inspect([Area.impl_for(1), Area.impl_for(%Circle{}), Area.impl_for(:x), Square.sides(), function_exported?(Square, :describe, 1)])
    for f <- [fn -> struct!(Rect, zzz: 1) end, fn -> struct!(Rect, []) end, fn -> to_string(%Circle{}) end, fn -> Enum.count(%Point{}) end, fn -> Map.get(p, :x) + p.nope end, fn -> p[:x] end] do
      try do
        IO.inspect(f.())
      rescue
        e -> IO.puts("#{inspect(e.__struct__)}: #{Exception.message(e) |> String.split("\n") |> hd() |> String.slice(0, 150)}")
      end
    end
  end
end
