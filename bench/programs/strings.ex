defmodule Strings do
  def run(n) do
    text = "The quick brown fox jumps over the lazy dog; søte hunder sover."
    Enum.reduce(1..n, 0, fn i, acc ->
      words = text |> String.upcase() |> String.split([" ", ";"], trim: true) |> Enum.map(&String.reverse/1)
      acc + String.length(Enum.join(words, "-")) + rem(i, 2)
    end)
  end
end
