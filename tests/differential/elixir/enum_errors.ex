# SPDX-License-Identifier: Apache-2.0
# Enum: what it raises, and protocols that are not implemented.
defmodule EnumErrors do
  def main do
    for f <- [fn -> Enum.max([]) end, fn -> Enum.min([]) end, fn -> Enum.fetch!([1], 5) end, fn -> Enum.reduce([], &+/2) end,
              fn -> Enum.map(:atom, & &1) end, fn -> Enum.map(5, & &1) end, fn -> Enum.random([]) end, fn -> Enum.chunk_every([1], 0) end,
              fn -> Enum.into([1], 5) end, fn -> Enum.sum([:a]) end, fn -> Enum.take([1], :x) end, fn -> Enum.zip([1], :x) end,
              fn -> Enum.join([{1, 2}]) end, fn -> Enum.to_list({1, 2}) end, fn -> Enum.slice([1], :a, 1) end] do
      try do
        IO.inspect(f.())
      rescue
        e -> IO.puts("#{inspect(e.__struct__)}: #{Exception.message(e)}")
      end
    end
  end
end
