# SPDX-License-Identifier: Apache-2.0
# Words, n-grams, a markov table, an inverted index and formatted columns from a text.
defmodule TextAnalytics do
  @text """
  It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness,
  it was the epoch of belief, it was the epoch of incredulity, it was the season of Light, it was the season of Darkness,
  it was the spring of hope, it was the winter of despair, we had everything before us, we had nothing before us.
  """

  def main do
    words = @text |> String.downcase() |> String.split(~r/[^a-z]+/, trim: true)
    IO.inspect({length(words), words |> Enum.uniq() |> length()})
    words |> Enum.frequencies() |> Enum.sort_by(fn {w, n} -> {-n, w} end) |> Enum.take(8) |> IO.inspect()
    words |> Enum.chunk_every(2, 1, :discard) |> Enum.frequencies() |> Enum.filter(fn {_, n} -> n > 3 end) |> Enum.sort() |> IO.inspect()
    markov = words |> Enum.zip(tl(words)) |> Enum.reduce(%{}, fn {a, b}, m -> Map.update(m, a, MapSet.new([b]), &MapSet.put(&1, b)) end)
    markov |> Enum.map(fn {w, s} -> {w, MapSet.size(s)} end) |> Enum.filter(&(elem(&1, 1) > 1)) |> Enum.sort() |> IO.inspect()
    index = for {line, no} <- @text |> String.split("\n", trim: true) |> Enum.with_index(1), w <- String.split(line, ~r/\W+/, trim: true), reduce: %{} do
      m -> Map.update(m, String.downcase(w), [no], &Enum.uniq([no | &1]))
    end
    for w <- ["season", "we", "light", "the"], do: IO.puts("#{String.pad_trailing(w, 10)}|#{index[w] |> Enum.sort() |> Enum.map_join(",", &Integer.to_string/1) |> String.pad_leading(8)}")
    IO.puts(@text |> String.split() |> Enum.map_join(" ", &String.capitalize/1) |> String.slice(0, 60))
    IO.inspect(words |> Enum.map(&String.length/1) |> Enum.frequencies() |> Enum.sort())
    IO.inspect(words |> Enum.max_by(&String.length/1))
    IO.inspect(for <<c <- @text>>, c in ?A..?Z, into: "", do: <<c>>)
    IO.inspect(@text |> String.graphemes() |> Enum.chunk_by(&(&1 == " ")) |> length())
    IO.inspect(String.split("a1b22c333", ~r/\d+/, include_captures: true, trim: true))
  end
end
