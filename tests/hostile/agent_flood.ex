# SPDX-License-Identifier: Apache-2.0
# An agent is cast more than it can do.
# hostile: 11
# verdict: deadline or killed or limit memory
# limits: deadline=1s
defmodule :agent_flood do
  def main do
    {:ok, a} = Agent.start(fn -> [] end)
    flood(a)
  end
  defp flood(a) do
    Agent.cast(a, &[:x | &1])
    flood(a)
  end
end
