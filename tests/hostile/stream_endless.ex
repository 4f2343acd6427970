# SPDX-License-Identifier: Apache-2.0
# An endless stream is made into a list.
# hostile: 39 2
# verdict: deadline or killed
# limits: deadline=1s
defmodule :stream_endless do
  def main, do: Stream.iterate(1, &(&1 * 3)) |> Enum.to_list()
end
