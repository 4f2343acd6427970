# SPDX-License-Identifier: Apache-2.0
# What customers wrote, counted word by word in parallel.
defmodule Inventory.Remarks do
  @texts [
    "The bolts were fine, the box was not. Fine bolts!",
    "Übergröße: die Lager passen nicht, the bearings do not fit.",
    "Très bien ! The résistances are exactly 4k7, très exactly.",
    "歯車 is quiet. 歯車 is the best gear I have bought: 20 teeth, no noise.",
    "Wire was red, as ordered; 9.8 m instead of 10 m though..."
  ]

  # Every text a hundred times: some work for the tasks.
  def texts, do: List.duplicate(@texts, 40) |> List.flatten()

  @doc "How often each word occurs, whatever its case."
  def count(texts) do
    texts
    |> Enum.chunk_every(25)
    |> Enum.map(fn chunk -> Task.async(fn -> count_chunk(chunk) end) end)
    |> Task.await_many()
    |> Enum.reduce(%{}, fn counts, all -> Map.merge(all, counts, fn _, a, b -> a + b end) end)
  end

  defp count_chunk(chunk) do
    chunk
    |> Stream.flat_map(&words/1)
    |> Enum.frequencies()
  end

  defp words(text) do
    text
    |> String.downcase()
    |> String.split(~r/[^\p{L}\p{N}]+/u, trim: true)
  end
end
