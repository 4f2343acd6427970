# SPDX-License-Identifier: Apache-2.0
# inspect of a shared term, without limits.
# hostile: 22 59
# verdict: done or killed or deadline
# limits: deadline=3s
defmodule :inspect_shared do
  def main do
    t = Enum.reduce(1..22, :x, fn _, t -> {t, t} end)
    inspect(t, limit: :infinity, printable_limit: :infinity)
    :ok
  end
end
