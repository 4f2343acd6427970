# SPDX-License-Identifier: Apache-2.0
# The printed result.
defmodule Inventory.Report do
  alias Inventory.Item

  def print(items, words, refused) do
    IO.puts("inventory: #{length(items)} articles, #{refused} movements refused")
    Enum.each(items, &IO.puts("  #{&1}  #{money(Item.value(&1))}"))
    total = items |> Enum.map(&Item.value/1) |> Enum.sum()
    IO.puts("  total value #{money(total)}, checksum #{checksum(items)}")

    top =
      words
      |> Enum.sort_by(fn {word, count} -> {-count, word} end)
      |> Enum.take(6)
      |> Enum.map_join(", ", fn {word, count} -> "#{word} #{count}" end)

    IO.puts("  remarks: #{map_size(words)} different words; #{top}")
  end

  defp money(cents) do
    whole = cents |> div(100) |> Integer.to_string() |> String.pad_leading(8)
    "#{whole}.#{cents |> rem(100) |> Integer.to_string() |> String.pad_leading(2, "0")}"
  end

  # The packed form of the stock: a length-prefixed name and the numbers of each article.
  defp checksum(items) do
    packed =
      for %Item{name: name, quantity: quantity, price: price} <- items, into: <<>> do
        <<byte_size(name)::8, name::binary, quantity::little-32, price::16>>
      end

    packed |> :erlang.crc32() |> Integer.to_string(16)
  end
end
