# SPDX-License-Identifier: Apache-2.0
# Kernel.inspect of all kinds of terms, with options.
defmodule InspectOptions do
  defmodule S do
    defstruct a: 1, b: [2]
  end

  def main do
    ts = [1, -1, 1.0, 1.0e100, :a, :"a b", nil, true, Enum, "str", "q\"uo\n\e", 'charlist', [1, 2], [a: 1], ["a b": 1], [{"k", 1}], [1 | 2], {}, {1, "2"}, %{}, %{a: 1, b: 2}, %{"k" => [1]}, %{1 => 2},
          <<1, 2>>, <<255, "abc">>, <<1::3>>, "é日", %S{}, &Enum.map/2, 1..5, 1..10//2, ~r/a+/i, MapSet.new([1]), ~D[2024-01-02], ~T[01:02:03], :"Elixir.Foo", :+, :"foo?", :"é", 'é', [7, 8], [?a, ?\n], "\0", {:ok, [nil]}, :"", "#{"}"}"]
    Enum.each(ts, &IO.puts(inspect(&1)))
    big = Enum.to_list(1..60)
    IO.puts(inspect(big))
    IO.puts(inspect(big, limit: 5))
    IO.puts(inspect(Enum.to_list(1..200)))
    IO.puts(inspect(big, width: 20, limit: :infinity, pretty: true))
    IO.puts(inspect([65, 66], charlists: :as_lists))
    IO.puts(inspect([1, 2], charlists: :as_charlists))
    IO.puts(inspect("abc", binaries: :as_binaries))
    IO.puts(inspect(255, base: :hex))
    IO.puts(inspect([1, 2, %{a: 255}], base: :binary))
    IO.puts(inspect(%S{}, structs: false))
    IO.puts(inspect({"long string long string", [a: "value value value", b: %{c: "nested nested nested", d: {1, 2, 3}}], %S{b: "x"}}, pretty: true, width: 40))
    IO.puts(inspect("long" |> String.duplicate(50), printable_limit: 10))
    IO.puts(inspect(%{a: [1, {2, "x"}]}, syntax_colors: [number: :red, atom: :cyan, string: :green]))
    IO.puts(inspect([a: 1, b: [c: 2]], custom_options: [x: 1], safe: true))
    IO.puts(inspect(%{list: Enum.to_list(1..30), map: Map.new(1..10, &{&1, "v#{&1}"})}, pretty: true))
    IO.inspect({1, 2}, label: "label")
    IO.inspect([1, 2, 3], limit: 2)
  end
end
