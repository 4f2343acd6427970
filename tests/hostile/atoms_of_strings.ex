# SPDX-License-Identifier: Apache-2.0
# String.to_atom without end.
# hostile: 34 36
# verdict: error system_limit
# limits: atoms=30000
defmodule :atoms_of_strings do
  def main, do: more(0)
  defp more(n) do
    String.to_atom("hostile_#{n}")
    more(n + 1)
  end
end
