# SPDX-License-Identifier: Apache-2.0
# The protocols of the library get implementations that never end.
# hostile: 65 79
# verdict: done
# limits: deadline=5s
defmodule :protocol_of_own do
  def main do
    Code.compile_string("defimpl String.Chars, for: Tuple do; def to_string(_), do: exit(:mine); end")
    try do
      "#{{1, 2}}"
    catch
      :exit, :mine -> :ok
    rescue
      _ -> :ok
    end
    :ok
  end
end
