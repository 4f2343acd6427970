# SPDX-License-Identifier: Apache-2.0
# Integer, Float, Range, Bitwise, Kernel arithmetic.
defmodule NumbersAndRanges do
  import Bitwise
  require Integer
  def main do
    IO.inspect([Integer.gcd(12, 18), Integer.extended_gcd(12, 18), Integer.mod(-5, 3), Integer.floor_div(-5, 3), rem(-5, 3), div(-5, 3), Integer.pow(2, 100), 2 ** 10, 2 ** -1, Integer.is_odd(3)] |> Kernel.++([]))
    IO.inspect([Float.round(3.14159, 2), Float.floor(-1.5), Float.ceil(1.2), Float.ratio(0.75), Float.to_string(1.0e21), Float.round(2.5), Float.max_finite(), Float.floor(1.239, 2), Float.to_charlist(0.1)])
    IO.inspect([round(2.5), trunc(-2.7), floor(-2.1), ceil(2.1), abs(-3), max(1, 1.0), 7 / 2, 10.0 * 3, 1_000_000, 0xFF, 0b101, 0o17, ?a])
    IO.inspect([5 &&& 3, 5 ||| 3, bxor(5, 3), 1 <<< 70, 1 <<< 70 >>> 69, ~~~5])
    r = 1..10//3
    IO.inspect([Enum.to_list(r), Range.size(r), 4 in r, 5 in r, Enum.to_list(5..1), Range.disjoint?(1..3, 4..6), Enum.sum(1..1000), Enum.reverse(1..3), first: r.first, step: r.step])
    IO.inspect([Enum.slice(1..10, 2..4), Enum.at(1..10, 3), Enum.member?(1..10//2, 4), Enum.count(1..0//1), Range.new(1, 3), Enum.zip(1..3, 4..6)])
    IO.inspect([1 == 1.0, 1 === 1.0, 1 <= 2, :a < "a", nil < 1, [1] > {1}, min("a", "b")])
    for f <- [fn -> rem(1, zero()) end, fn -> 1 / zero() end, fn -> Integer.pow(2, -1) end, fn -> Range.new(1, zero(), zero()) end, fn -> :math.sqrt(-1 - zero()) end, fn -> Float.round(1, 20) end, fn -> 1 + hd([:a]) end] do
      try do IO.inspect(f.()) rescue e -> IO.inspect({e.__struct__, Exception.message(e) |> String.split("\n") |> hd()}) end
    end
  end
  def zero, do: 0
end
